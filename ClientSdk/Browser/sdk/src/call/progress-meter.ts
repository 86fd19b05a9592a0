import type { Clock } from "../time/clock.js";
import type { CallEvent, Progress, TranscriptSegment } from "../wire/messages.js";
import { Timings, type Timing } from "./timings.js";

/** Events between two acknowledgements. */
const acknowledgeEvery = 16;

/** Says when to acknowledge, and with what. */
export class ProgressMeter {
  readonly #clock: Clock;
  readonly #timings = new Timings();
  #unacknowledged = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A connection is open: its events are acknowledged from here on. */
  open(): void {
    this.#unacknowledged = 0;
  }

  /** A final was sent. */
  sent(segment: TranscriptSegment): void {
    this.#timings.sent(segment, this.#clock.now());
  }

  /** The end of a stretch of speech was sent, which lies at `atMs` on the call's clock. */
  spoken(atMs: number): void {
    this.#timings.spoken(atMs, this.#clock.now());
  }

  /** The rep asked for a suggestion. */
  asked(): void {
    this.#timings.asked(this.#clock.now());
  }

  /** Null when this was known, or nothing of the suggestion is. */
  painted(suggestionId: string, number: number): Progress | null {
    if (!this.#timings.painted(suggestionId, this.#clock.now())) return null;
    return { number, suggestionId, ...known({ renderMs: this.of(suggestionId).renderMs }) };
  }

  of(suggestionId: string): Timing {
    return this.#timings.of(suggestionId);
  }

  /**
   * An event was handled.
   * @returns What to acknowledge now; null while that can wait.
   */
  handle(event: CallEvent): Progress | null {
    this.#measure(event);
    const { number } = event;
    const soon = event.type === "suggestionCompleted" || event.type === "restored" || event.type === "nudged";
    if (!soon && ++this.#unacknowledged < acknowledgeEvery) return null;
    this.#unacknowledged = 0;
    if (event.type !== "suggestionCompleted") return { number };
    const { suggestionId } = event;
    return { number, suggestionId, ...known(this.of(suggestionId)) };
  }

  #measure(event: CallEvent): void {
    switch (event.type) {
      case "transcriptUpdated":
        if (event.final) this.#timings.recognised(event.segmentId, event.endMs);
        return;
      case "suggestionStarted":
        return this.#timings.started(event.suggestionId, event.turnIds);
      case "suggestionDelta":
        return this.#timings.words(event.suggestionId, this.#clock.now());
      case "suggestionCompleted":
        this.#timings.words(event.suggestionId, this.#clock.now());
        return this.#timings.completed(event.suggestionId, event.latency);
    }
  }
}

/** Leaves out what was not measured. */
function known(timing: Partial<Timing>): Pick<Progress, "networkMs" | "renderMs"> {
  return Object.fromEntries(Object.entries(timing).filter(([, ms]) => ms !== null));
}
