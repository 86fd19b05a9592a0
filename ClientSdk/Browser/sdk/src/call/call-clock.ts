import type { Clock } from "../time/clock.js";

/** The client's copy of the call's clock, which the gateway sets. */
export class CallClock {
  readonly #clock: Clock;
  #offset: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In milliseconds; null until the gateway has told the time. */
  get elapsedMs(): number | null {
    return this.#offset === null ? null : Math.max(0, this.#clock.now() - this.#offset);
  }

  set(elapsedMs: number): void {
    this.#offset = this.#clock.now() - elapsedMs;
  }
}
