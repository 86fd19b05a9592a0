import type { Clock } from "@teleprompter/sdk";

/** A clock that a test moves. */
export class FakeClock implements Clock {
  #nowMs = 0;
  #timers: { dueMs: number; action: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, action };
    this.#timers.push(timer);
    return () => { this.#timers = this.#timers.filter((each) => each !== timer); };
  }

  /** How long until each planned timer, soonest first. */
  get planned(): readonly number[] {
    return this.#timers.map((each) => each.dueMs - this.#nowMs).sort((a, b) => a - b);
  }

  /** Moves time on; timers run in their order, and what they await settles in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#timers.filter((each) => each.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#nowMs = next.dueMs;
      next.action();
      await settled();
    }
    this.#nowMs = untilMs;
    await settled();
  }
}

/** When every promise that could settle has. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
