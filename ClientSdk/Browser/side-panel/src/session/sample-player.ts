import type { Clock, TimedSegment } from "@teleprompter/sdk";

type Spoken = TimedSegment["segment"];

export const speeds = [1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** Speaks a scripted call into a live one, at speaking pace or faster. */
export class SamplePlayer {
  readonly #cues: readonly TimedSegment[];
  readonly #clock: Clock;
  readonly #callMs: () => number;
  readonly #speak: (segment: Spoken) => void;
  readonly #changed: () => void;
  readonly #startedMs = new Map<string, number>();
  #next = 0;
  #positionMs = 0;
  #since: number | null = null;
  #speed: Speed = 1;
  #cancel = () => {};

  /**
   * @param callMs The clock of the live call, which the segments' times are moved to.
   * @param speak Takes each segment when its moment has come.
   */
  constructor(cues: readonly TimedSegment[], clock: Clock, callMs: () => number, speak: (segment: Spoken) => void, changed: () => void) {
    this.#cues = cues;
    this.#clock = clock;
    this.#callMs = callMs;
    this.#speak = speak;
    this.#changed = changed;
  }

  get playing(): boolean {
    return this.#since !== null;
  }

  get done(): boolean {
    return this.#next >= this.#cues.length;
  }

  get speed(): Speed {
    return this.#speed;
  }

  get lengthMs(): number {
    return this.#cues.at(-1)?.atMs ?? 0;
  }

  get positionMs(): number {
    const passed = this.#since === null ? 0 : (this.#clock.now() - this.#since) * this.#speed;
    return Math.min(this.lengthMs, this.#positionMs + passed);
  }

  play(): void {
    if (this.playing || this.done) return;
    this.#since = this.#clock.now();
    this.#schedule();
    this.#changed();
  }

  pause(): void {
    this.#positionMs = this.positionMs;
    this.#since = null;
    this.#cancel();
    this.#changed();
  }

  setSpeed(speed: Speed): void {
    const playing = this.playing;
    this.pause();
    this.#speed = speed;
    if (playing) this.play();
    else this.#changed();
  }

  #schedule(): void {
    const cue = this.#cues[this.#next];
    if (!cue) return this.pause();
    const waitMs = Math.max(0, cue.atMs - this.positionMs) / this.#speed;
    this.#cancel = this.#clock.after(waitMs, () => {
      this.#next++;
      this.#say(cue.segment);
      this.#schedule();
    });
  }

  #say(segment: Spoken): void {
    const endMs = Math.round(this.#callMs());
    const key = `${segment.speaker} ${segment.segmentId}`;
    const startMs = this.#startedMs.get(key) ?? Math.max(0, Math.round(endMs - (segment.endMs - segment.startMs) / this.#speed));
    this.#startedMs.set(key, startMs);
    this.#speak({ ...segment, startMs, endMs });
  }
}
