import { comparedHops, hopSamples, latestHops } from "./echo.js";
import { levelDb, silenceDb } from "./levels.js";
import { Resampler } from "./resampler.js";
import { frameSamples } from "./voice-detector.js";

/** The rate of the wire, in samples a second. */
export const sampleRate = 16_000;

/** A moment of a voice. */
export interface Moment {
  /** When its first sample was heard, in samples of {@link sampleRate} on the clock of the capture. */
  readonly at: number;
  readonly samples: Float32Array;
}

/** So many hops of the envelope are kept: an echo is judged by the newest, and a judgement may come late. */
const keptHops = 4 * (comparedHops + latestHops);

/** One voice on its way from the sound card's blocks to frames of one length, with its envelope. */
export class Voice {
  readonly #fromHz: number;
  readonly #resampler: Resampler;
  #waiting = new Float32Array(0);
  /** The next block begins here if nothing is missing, in samples of its own rate. */
  #expected = -1;
  /** Of the first sample that waits, in samples of the wire. */
  #at = 0;
  #hops: number[] = [];

  constructor(fromHz: number) {
    this.#fromHz = fromHz;
    this.#resampler = new Resampler(fromHz, sampleRate);
  }

  /** @param at Of the block's first sample, in samples of its own rate. Returns the frames that are complete. */
  push(at: number, block: Float32Array): readonly Moment[] {
    if (at !== this.#expected) this.#begin(at);
    this.#expected = at + block.length;
    const fresh = this.#resampler.process(block);
    const all = new Float32Array(this.#waiting.length + fresh.length);
    all.set(this.#waiting);
    all.set(fresh, this.#waiting.length);
    const moments: Moment[] = [];
    let from = 0;
    for (; from + frameSamples <= all.length; from += frameSamples) {
      const samples = all.slice(from, from + frameSamples);
      moments.push({ at: this.#at, samples });
      this.#at += frameSamples;
      this.#measure(samples);
    }
    this.#waiting = all.slice(from);
    return moments;
  }

  /** The envelope in decibels up to a moment's end, oldest first, as long as an echo needs; silence where nothing was heard. */
  envelopeUntil(end: number): readonly number[] {
    const length = comparedHops + latestHops;
    const first = this.#hops.length - Math.round((this.#at - end) / hopSamples) - length;
    return Array.from({ length }, (_, at) => this.#hops[first + at] ?? silenceDb);
  }

  /** No more sound comes; what comes later is another stretch. */
  stop(): void {
    if (this.#expected < 0) return;
    this.#expected = -1;
    this.#resampler.reset();
    this.#waiting = new Float32Array(0);
    this.#hops = [];
  }

  #begin(at: number): void {
    this.stop();
    this.#at = Math.round((at * sampleRate) / this.#fromHz);
  }

  #measure(samples: Float32Array): void {
    for (let from = 0; from < samples.length; from += hopSamples) this.#hops.push(levelDb(samples, from, from + hopSamples));
    this.#hops = this.#hops.slice(-keptHops);
  }
}
