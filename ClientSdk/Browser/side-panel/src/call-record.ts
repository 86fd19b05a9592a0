import type { CallBrief, CallView, CardView, FinishedSuggestion, Segment } from "@teleprompter/sdk";
import { emptyBrief } from "@teleprompter/sdk";

/** What is kept of a call for its summary; it outlives snapshots, which carry only the latest. */
export interface CallRecord {
  readonly startedAt: Date;
  readonly brief: CallBrief;
  /** Segments that a snapshot no longer carried. */
  readonly earlier: readonly Segment[];
  readonly latest: readonly Segment[];
  readonly cards: readonly CardView[];
  readonly suggestions: readonly FinishedSuggestion[];
  /** The ids of those that the rep said. */
  readonly used: readonly string[];
}

export function newRecord(startedAt: Date): CallRecord {
  return { startedAt, brief: emptyBrief, earlier: [], latest: [], cards: [], suggestions: [], used: [] };
}

/** The record after the view changed. */
export function extend(record: CallRecord, view: CallView): CallRecord {
  const first = view.segments[0];
  const cut = first ? record.latest.findIndex((each) => each.segmentId === first.segmentId) : record.latest.length;
  const gone = cut === 0 ? [] : record.latest.slice(0, cut < 0 ? undefined : cut);
  return {
    startedAt: record.startedAt,
    brief: view.brief,
    earlier: gone.length > 0 ? [...record.earlier, ...gone] : record.earlier,
    latest: view.segments,
    cards: view.card ? upsert(record.cards, view.card, (card) => `${card.cardId} ${card.turnId}`) : record.cards,
    suggestions: view.recent.reduce((all, each) => upsert(all, each, ({ suggestionId }) => suggestionId), record.suggestions),
    used: [...new Set([...record.used, ...view.recent.filter((each) => each.feedback === "used").map((each) => each.suggestionId)])],
  };
}

/** The whole transcript, oldest first. */
export const transcript = (record: CallRecord): readonly Segment[] => [...record.earlier, ...record.latest];

/** Each card that came up, once, in the order of its first time. */
export const distinctCards = (record: CallRecord): readonly CardView[] => [...new Map(record.cards.map((card) => [card.cardId, card])).values()];

/** What the rep said of what was suggested, oldest first. */
export const usedSuggestions = (record: CallRecord): readonly FinishedSuggestion[] =>
  record.suggestions.filter((each) => record.used.includes(each.suggestionId));

function upsert<T>(items: readonly T[], item: T, key: (item: T) => string): readonly T[] {
  const at = items.findLastIndex((each) => key(each) === key(item));
  if (at < 0) return [...items, item];
  return items[at] === item ? items : items.with(at, item);
}
