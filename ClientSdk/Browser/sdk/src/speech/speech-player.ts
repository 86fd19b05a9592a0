import type { Clock } from "../time/clock.js";
import type { SpeechFrame, SpeechReport } from "../wire/messages.js";
import { speechRate, type SpeechOutput } from "./speech-output.js";

/** How often the gateway is told how far a turn was played, in milliseconds. */
const reportEveryMs = 500;

/** A turn of which nothing came for so long broke off with its worker or its connection, in milliseconds. */
const brokenOffMs = 3000;

/** The most that waits to be played, in samples: 10 s. The rest of a turn that is longer ahead is given up. */
const mostWaiting = 10 * speechRate;

/** A turn of the buyer that is played. */
interface Turn {
  readonly segmentId: string;
  /** How many samples were played before its own. */
  readonly from: number;
  /** Its last sample, in the same count; grows. */
  until: number;
  /** The next frame's number. */
  next: number;
  complete: boolean;
  /** When its last frame came. */
  cameAt: number;
}

/** Plays a buyer's turns as their frames come, and tells how far. One turn at a time; what is missing of one ends it. */
export class SpeechPlayer {
  readonly #output: SpeechOutput;
  readonly #report: (report: SpeechReport) => void;
  readonly #clock: Clock;
  #turn: Turn | null = null;
  #stopped: Turn | null = null;
  #played = 0;
  #lost = 0;
  #cancelReport = () => {};

  constructor(output: SpeechOutput, report: (report: SpeechReport) => void, clock: Clock) {
    [this.#output, this.#report, this.#clock] = [output, report, clock];
    output.onPlayed = (played, cleared) => this.#heard(played, cleared);
  }

  /** A turn is being played. */
  get playing(): boolean {
    return this.#turn !== null;
  }

  /** Turns that broke off because frames were lost or came too fast. */
  get lost(): number {
    return this.#lost;
  }

  receive({ segmentId, number, pcm, end }: SpeechFrame): void {
    if (number === 0) this.#begin(segmentId);
    const turn = this.#turn;
    if (turn?.segmentId !== segmentId) return;
    if (end === "stopped") return this.#break();
    if (turn.complete) return;
    if (number !== turn.next || turn.until - this.#played > mostWaiting) {
      this.#lost++;
      return this.#finish(turn);
    }
    turn.next++;
    turn.cameAt = this.#clock.now();
    const samples = toSamples(pcm);
    turn.until += samples.length;
    if (samples.length > 0) this.#output.play(samples);
    if (end === "complete") this.#finish(turn);
  }

  /** The rep talks over it: silent at once, and the gateway is told what was really played. */
  interrupt(): void {
    if (!this.#turn) return;
    this.#stopped = this.#turn;
    this.#break();
  }

  close(): void {
    this.#break();
    this.#output.close();
  }

  #begin(segmentId: string): void {
    const from = Math.max(this.#turn?.until ?? 0, this.#played);
    this.#turn = { segmentId, from, until: from, next: 0, complete: false, cameAt: this.#clock.now() };
    this.#tellLater();
  }

  /** No more of the turn comes; what came is played. */
  #finish(turn: Turn): void {
    turn.complete = true;
    if (this.#played >= turn.until) this.#over(turn);
  }

  #break(): void {
    this.#cancelReport();
    this.#turn = null;
    this.#output.clear();
  }

  #heard(played: number, cleared: boolean): void {
    this.#played = played;
    if (cleared && this.#stopped) {
      this.#tell(this.#stopped, true);
      this.#stopped = null;
    }
    const turn = this.#turn;
    if (turn?.complete && played >= turn.until) this.#over(turn);
  }

  #over(turn: Turn): void {
    this.#cancelReport();
    this.#turn = null;
    this.#tell(turn, false);
  }

  #tellLater(): void {
    this.#cancelReport();
    this.#cancelReport = this.#clock.after(reportEveryMs, () => {
      const turn = this.#turn;
      if (!turn) return;
      if (this.#played >= turn.until && this.#clock.now() - turn.cameAt > brokenOffMs) return this.#over(turn);
      this.#tell(turn, false);
      this.#tellLater();
    });
  }

  #tell({ segmentId, from, until }: Turn, stopped: boolean): void {
    const samples = Math.max(0, Math.min(this.#played, until) - from);
    this.#report({ segmentId, playedMs: Math.round((samples * 1000) / speechRate), stopped });
  }
}

/** Samples from -1 to 1 of PCM16, little-endian, in base64. */
export function toSamples(pcm: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(pcm), (each) => each.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, at) => view.getInt16(at * 2, true) / 32_768);
}
