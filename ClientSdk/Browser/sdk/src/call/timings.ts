import type { SuggestionLatency, TranscriptSegment } from "../wire/messages.js";

/** What the client measured of one suggestion, in milliseconds; null where it was not. */
export interface Timing {
  /** Segment sent for the first time to first words received, less the gateway's own span. */
  readonly networkMs: number | null;
  /** First words received to painted. */
  readonly renderMs: number | null;
}

interface Marks {
  readonly sentAt: number | null;
  firstWordsAt: number | null;
  paintedAt: number | null;
  networkMs: number | null;
}

interface SpeechEnd {
  /** On the call's clock. */
  readonly atMs: number;
  readonly sentAt: number;
}

/** How far the recogniser's end of a segment may lie from the end of speech that was sent, in milliseconds. */
const nearMs = 1500;
/** How many suggestions and sent turns are remembered. */
const capacity = 64;
/** The longest that the wire carries. */
const maximumMs = 60_000;

/** Measures, on the client's clock alone, what lies outside the gateway: the network, and the painting of the first words. */
export class Timings {
  readonly #sent = new Map<string, number>();
  readonly #marks = new Map<string, Marks>();
  #askedAt: number | null = null;
  #spoken: readonly SpeechEnd[] = [];

  /**
   * A final was sent. Only the first time counts: one that goes again, with the end of its turn or after a lost connection, has cost the
   * rep the wait.
   */
  sent(segment: TranscriptSegment, at: number): void {
    if (!this.#sent.has(segment.segmentId)) remember(this.#sent, segment.segmentId, at);
  }

  /** The end of a stretch of speech was sent, which lies at `atMs` on the call's clock. */
  spoken(atMs: number, sentAt: number): void {
    this.#spoken = [...this.#spoken, { atMs, sentAt }].slice(-capacity);
  }

  /** A final came that was made of speech: it was sent when the end of speech nearest to its own end was. */
  recognised(segmentId: string, endMs: number): void {
    const distance = (each: SpeechEnd) => Math.abs(each.atMs - endMs);
    const nearest = this.#spoken.reduce<SpeechEnd | null>((best, each) => (best && distance(best) < distance(each) ? best : each), null);
    if (nearest && distance(nearest) <= nearMs && !this.#sent.has(segmentId)) remember(this.#sent, segmentId, nearest.sentAt);
  }

  /** The rep asked for a suggestion. */
  asked(at: number): void {
    this.#askedAt = at;
  }

  /** A suggestion begins that answers these turns, the newest last. */
  started(suggestionId: string, turnIds: readonly string[]): void {
    const newest = turnIds.at(-1);
    const sentAt = newest?.startsWith("now-") ? this.#askedAt : newest === undefined ? null : (this.#sent.get(newest) ?? null);
    remember(this.#marks, suggestionId, { sentAt, firstWordsAt: null, paintedAt: null, networkMs: null });
  }

  /** Words of a suggestion came; only the first count. */
  words(suggestionId: string, at: number): void {
    const marks = this.#marks.get(suggestionId);
    if (marks) marks.firstWordsAt ??= at;
  }

  /** The gateway's own span is known, which tells the network's. */
  completed(suggestionId: string, latency: SuggestionLatency): void {
    const marks = this.#marks.get(suggestionId);
    if (marks?.sentAt == null || marks.firstWordsAt === null) return;
    marks.networkMs = clamp(marks.firstWordsAt - marks.sentAt - latency.serverMs);
  }

  /** The first words are on the screen. Returns false when this was known, or nothing of the suggestion is. */
  painted(suggestionId: string, at: number): boolean {
    const marks = this.#marks.get(suggestionId);
    if (!marks || marks.firstWordsAt === null || marks.paintedAt !== null) return false;
    marks.paintedAt = at;
    return true;
  }

  of(suggestionId: string): Timing {
    const marks = this.#marks.get(suggestionId);
    if (!marks) return { networkMs: null, renderMs: null };
    const { networkMs, firstWordsAt, paintedAt } = marks;
    return { networkMs, renderMs: firstWordsAt === null || paintedAt === null ? null : clamp(paintedAt - firstWordsAt) };
  }
}

const clamp = (ms: number) => Math.min(maximumMs, Math.max(0, ms));

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  if (map.size > capacity) map.delete(map.keys().next().value as string);
}
