import type { TranscriptSegment } from "../wire/messages.js";

/** How many finals wait for their acknowledgement, some ten minutes of talk; the oldest go first. */
const capacity = 200;

/** The finals that the hub has not acknowledged yet, oldest first. */
export class Outbox {
  readonly #waiting = new Map<string, TranscriptSegment>();
  #lost = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** How many were given up because too many waited. */
  get lost(): number {
    return this.#lost;
  }

  get waiting(): readonly TranscriptSegment[] {
    return [...this.#waiting.values()];
  }

  /** Adds a final; a newer form of one that waits (its turn ended meanwhile) takes its place. */
  add(segment: TranscriptSegment): void {
    this.#waiting.set(key(segment), segment);
    if (this.#waiting.size <= capacity) return;
    const oldest = this.#waiting.keys().next();
    if (!oldest.done) this.#waiting.delete(oldest.value);
    this.#lost++;
  }

  /** Whether this form of the segment waits. */
  holds(segment: TranscriptSegment): boolean {
    return this.#waiting.get(key(segment)) === segment;
  }

  /** The hub has answered this form of the segment. */
  settle(segment: TranscriptSegment): void {
    if (this.holds(segment)) this.#waiting.delete(key(segment));
  }
}

const key = (segment: TranscriptSegment) => `${segment.speaker} ${segment.segmentId}`;
