import type { CallBrief, CallReport, CallView, CardView, FinishedSuggestion, RehearsalView, Segment, SegmentView } from "@teleprompter/sdk";
import { emptyBrief } from "@teleprompter/sdk";
import { plainText } from "./plain-text.js";

/** What is kept of a call for its summary; it outlives snapshots, which carry only the latest. */
export interface CallRecord {
  readonly startedAt: Date;
  readonly brief: CallBrief;
  /** Segments that a snapshot no longer carried. */
  readonly earlier: readonly Segment[];
  readonly latest: readonly Segment[];
  readonly cards: readonly CardView[];
  readonly suggestions: readonly FinishedSuggestion[];
  /** The ids of those that the rep marked as used. */
  readonly used: readonly string[];
  /** The ids of those that the rep was heard saying. */
  readonly said: readonly string[];
  /** Null for a call with a customer. */
  readonly rehearsal: RehearsalView | null;
  /** What the gateway made of the whole call; null until it has come. */
  readonly report: CallReport | null;
}

export function newRecord(startedAt: Date): CallRecord {
  return { startedAt, brief: emptyBrief, earlier: [], latest: [], cards: [], suggestions: [], used: [], said: [], rehearsal: null, report: null };
}

/** The record after the view changed. */
export function extend(record: CallRecord, view: CallView): CallRecord {
  const first = view.segments[0];
  const cut = first ? record.latest.findIndex((each) => each.segmentId === first.segmentId) : record.latest.length;
  const gone = cut === 0 ? [] : record.latest.slice(0, cut < 0 ? undefined : cut);
  return {
    startedAt: record.startedAt,
    report: record.report,
    rehearsal: view.rehearsal ?? record.rehearsal,
    brief: view.brief,
    earlier: gone.length > 0 ? [...record.earlier, ...gone] : record.earlier,
    latest: view.segments,
    cards: view.card ? upsert(record.cards, view.card, (card) => `${card.cardId} ${card.turnId}`) : record.cards,
    suggestions: view.recent.reduce((all, each) => upsert(all, each, ({ suggestionId }) => suggestionId), record.suggestions),
    used: [...new Set([...record.used, ...view.recent.filter((each) => each.feedback === "used").map((each) => each.suggestionId)])],
    said: [...new Set([...record.said, ...view.recent.filter((each) => each.said).map((each) => each.suggestionId)])],
  };
}

/** All that was said, oldest first. What the gateway kept is whole also where this page was opened in the middle of the call. */
export const transcript = ({ report, earlier, latest }: CallRecord): readonly SegmentView[] =>
  fuller(report?.transcript, [...earlier, ...latest].filter((each) => each.final));

/** All that was suggested, oldest first. */
export const suggestions = (record: CallRecord): readonly FinishedSuggestion[] =>
  fuller(record.report?.suggestions.map(({ suggestion, turnIds }) => ({ ...suggestion, turnIds })), record.suggestions);

/** What became of a suggestion: the rep said it, or marked it as used; null for neither. */
export function fate(record: CallRecord, { suggestionId, said, feedback }: FinishedSuggestion): "said" | "used" | null {
  if (said || record.said.includes(suggestionId)) return "said";
  return feedback === "used" || record.used.includes(suggestionId) ? "used" : null;
}

/** What the rep used of what was suggested, by a click or by saying it, oldest first. */
export const usedSuggestions = (record: CallRecord): readonly FinishedSuggestion[] => suggestions(record).filter((each) => fate(record, each) !== null);

/** A card that came up. */
export interface CameUp {
  readonly cardId: string;
  readonly title: string;
  readonly fact: string | null;
  readonly source: string | null;
  /** What became of the suggestions that stand on it, see {@link fate}. */
  readonly fate: "said" | "used" | null;
}

/** Each card that came up, once, in the order of its first time. */
export function cards(record: CallRecord): readonly CameUp[] {
  const seen = [...new Map(record.cards.map((card) => [card.cardId, card])).values()];
  const fates = suggestions(record).map((each) => ({ cardId: each.cardId, fate: fate(record, each) }));
  return fuller(record.report?.cards, seen).map(({ cardId, title, fact, source }) => {
    const its = fates.filter((each) => each.cardId === cardId).map((each) => each.fate);
    return { cardId, title: title ?? cardId, fact, source, fate: its.find((each) => each === "said") ?? its.find((each) => each === "used") ?? null };
  });
}

/** The titles of the cards that came up and were neither said nor used, as a rehearsal takes them. */
export function unanswered(record: CallRecord): readonly string[] {
  return cards(record).filter((card) => card.fate === null).map((card) => plainText(card.title).trim().slice(0, 200)).filter(Boolean).slice(0, 8);
}

function fuller<Kept, Seen>(kept: readonly Kept[] | undefined, seen: readonly Seen[]): readonly (Kept | Seen)[] {
  return kept && kept.length >= seen.length ? kept : seen;
}

function upsert<T>(items: readonly T[], item: T, key: (item: T) => string): readonly T[] {
  const at = items.findLastIndex((each) => key(each) === key(item));
  if (at < 0) return [...items, item];
  return items[at] === item ? items : items.with(at, item);
}
