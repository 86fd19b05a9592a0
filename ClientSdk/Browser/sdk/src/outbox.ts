import type { TranscriptSegment } from "./messages.js";

/** How many finals wait for their acknowledgement; the oldest go first. */
const capacity = 200;

/** The finals that the hub has not acknowledged yet: they are sent again after a reconnect. */
export class Outbox {
  readonly #waiting = new Map<string, TranscriptSegment>();
  #lost = 0;

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** How many were given up because too many waited. */
  get lost(): number {
    return this.#lost;
  }

  /** Oldest first. */
  get waiting(): readonly TranscriptSegment[] {
    return [...this.#waiting.values()];
  }

  add(segment: TranscriptSegment): void {
    this.#waiting.set(key(segment), segment);
    if (this.#waiting.size <= capacity) return;
    const oldest = this.#waiting.keys().next();
    if (!oldest.done) this.#waiting.delete(oldest.value);
    this.#lost++;
  }

  /**
   * The hub has answered; a newer form of the segment (its turn ended meanwhile) goes on waiting.
   * @returns Whether it was waiting.
   */
  settle(segment: TranscriptSegment): boolean {
    return this.#waiting.get(key(segment)) === segment && this.#waiting.delete(key(segment));
  }
}

const key = (segment: TranscriptSegment) => `${segment.speaker} ${segment.segmentId}`;
