import type {
  CallBrief, CallEvent, CallStatus, CardView, EndReason, FeedbackKind, FinishedSuggestionView, Nudged, OpenSuggestionView,
  RehearsalView, RepCutOff, Restored, SegmentView, SuggestionCompleted, SuggestionDelta, SuggestionWithdrawn, TranscriptUpdated, TurnSettled,
} from "../wire/messages.js";
import { emptyBrief } from "../wire/messages.js";

/** A segment of the transcript; `endOfTurn` is true where the thought is complete. */
export interface Segment extends SegmentView {
  readonly endOfTurn: boolean;
  /** How many of the first characters of an interim stood there the time before as well: whole words that hardly change any more. */
  readonly firm?: number;
}

/** A finished suggestion and the turns it answers (none are known of one that came back in a snapshot). */
export interface FinishedSuggestion extends FinishedSuggestionView {
  readonly turnIds: readonly string[];
}

/** All that is known of a call. Immutable: {@link apply} makes the next one. */
export interface CallView {
  /** The number of the last event applied. */
  readonly number: number;
  /** An event was missed: nothing is believed until `restored` comes. */
  readonly stale: boolean;
  /** In the order in which they were first heard, the last {@link limits.segments}. */
  readonly segments: readonly Segment[];
  readonly suggestion: OpenSuggestionView | null;
  /** Oldest first, the last {@link limits.recent}. */
  readonly recent: readonly FinishedSuggestion[];
  readonly card: CardView | null;
  readonly brief: CallBrief;
  readonly status: CallStatus;
  /** The suggestion that was taken back last; null once another begins. */
  readonly withdrawn: Pick<SuggestionWithdrawn, "suggestionId" | "reason"> | null;
  /** Oldest first, the last {@link limits.outcomes}. */
  readonly outcomes: readonly TurnSettled[];
  /** Oldest first, the last {@link limits.nudges}. */
  readonly nudges: readonly Nudged[];
  /** The rehearsal that the call is; null for a call with a customer, and until the gateway has told. */
  readonly rehearsal: RehearsalView | null;
  readonly ended: EndReason | null;
}

/** How much a view keeps; the oldest go first. A snapshot carries 200 segments and 5 suggestions. */
export const limits = { segments: 5000, recent: 5, outcomes: 50, nudges: 20 } as const;

/** The next view, and whether the client must ask for `Resync`. */
export interface Applied {
  readonly view: CallView;
  readonly resync: boolean;
}

/** A call of which nothing was heard yet. */
export function newView(number = 0, brief: CallBrief = emptyBrief): CallView {
  return {
    number, brief, stale: false, segments: [], suggestion: null, recent: [], card: null,
    status: {
      model: "none", storage: "ready", busy: false, thinking: false, paused: false, hearing: "both", transcription: "none", lagMs: 0,
    },
    withdrawn: null, outcomes: [], nudges: [], rehearsal: null, ended: null,
  };
}

/**
 * The view after one event. An event that comes twice changes nothing; one after a gap is dropped and asks for `Resync`, once;
 * a type this client does not know is counted and otherwise ignored.
 */
export function apply(view: CallView, event: CallEvent): Applied {
  if (event.type === "restored") return ok(restore(view, event));
  if (event.type === "callEnded") return ok({ ...view, number: event.number, ended: event.reason });
  if (view.stale || event.number <= view.number) return { view, resync: false };
  if (event.number !== view.number + 1) return gap(view);

  const next: CallView = { ...view, number: event.number };
  switch (event.type) {
    case "transcriptUpdated":
      return ok({ ...next, segments: hear(view.segments, event) });
    case "cardShown": {
      const { type: _type, number: _number, ...card } = event;
      return ok({ ...next, card });
    }
    case "suggestionStarted": {
      const { suggestionId, turnIds, source, cardId, tentative = false, sources } = event;
      const begun = { suggestionId, turnIds, source, cardId, tentative, text: "", nextIndex: 0, ...(sources && { sources }) };
      return ok({ ...next, withdrawn: null, suggestion: begun });
    }
    case "suggestionConfirmed": {
      const open = view.suggestion?.suggestionId === event.suggestionId ? view.suggestion : null;
      return ok(open ? { ...next, suggestion: { ...open, turnIds: event.turnIds, tentative: false } } : next);
    }
    case "suggestionDelta":
      return grow(view, next, event);
    case "suggestionCompleted":
      return ok({ ...next, ...complete(view, event) });
    case "suggestionWithdrawn": {
      if (view.suggestion?.suggestionId !== event.suggestionId) return ok(next);
      const { suggestionId, reason } = event;
      return ok({ ...next, suggestion: null, withdrawn: { suggestionId, reason } });
    }
    case "suggestionSaid":
      return ok({ ...next, recent: change(view.recent, event.suggestionId, { said: true }) });
    case "statusChanged":
      return ok({ ...next, status: event.status, segments: view.segments.filter((each) => each.final || !event.status.paused) });
    case "turnSettled":
      return ok({ ...next, outcomes: keep(view.outcomes, event, limits.outcomes) });
    case "nudged":
      return ok({ ...next, nudges: keep(view.nudges, event, limits.nudges) });
    case "repCutOff":
      return ok({ ...next, rehearsal: cutOff(view.rehearsal, event) });
    default:
      event satisfies never;
      return ok(next);
  }
}

/** The view after the rep's own feedback, which the hub does not echo. An open suggestion that is dismissed is withdrawn by the hub. */
export function withFeedback(view: CallView, suggestionId: string, kind: FeedbackKind): CallView {
  return { ...view, recent: change(view.recent, suggestionId, { feedback: kind }) };
}

const ok = (view: CallView): Applied => ({ view, resync: false });

const gap = (view: CallView): Applied => ({ view: { ...view, stale: true }, resync: true });

const keep = <T>(items: readonly T[], item: T, limit: number): readonly T[] => [...items, item].slice(-limit);

const change = (recent: CallView["recent"], suggestionId: string, by: Partial<FinishedSuggestion>) =>
  recent.map((each) => (each.suggestionId === suggestionId ? { ...each, ...by } : each));

function hear(segments: readonly Segment[], event: TranscriptUpdated): readonly Segment[] {
  const { type: _type, number: _number, ...segment } = event;
  const at = segments.findLastIndex((each) => each.segmentId === segment.segmentId && each.speaker === segment.speaker);
  if (segment.final && segment.text === "") return segments.filter((_, index) => index !== at);
  if (at < 0) return keep(segments, segment, limits.segments);
  const before = segments[at];
  if (!before || segment.final) return segments.with(at, segment);
  return before.final ? segments : segments.with(at, { ...segment, firm: sameWords(before.text, segment.text) });
}

/** How long the beginning is that two texts share, in characters, up to the end of a word. */
function sameWords(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same === a.length && /^$|^\s/.test(b.slice(same)) ? same : a.slice(0, same).search(/\s\S*$/) + 1;
}

function cutOff(rehearsal: RehearsalView | null, event: RepCutOff): RehearsalView | null {
  return rehearsal && { ...rehearsal, cutOffs: [...rehearsal.cutOffs, event.cutOff] };
}

function grow(view: CallView, next: CallView, event: SuggestionDelta): Applied {
  const open = view.suggestion;
  if (open?.suggestionId !== event.suggestionId || event.index < open.nextIndex) return ok(next);
  if (event.index > open.nextIndex) return gap(view);
  const { unsupportedFigures = open.unsupportedFigures } = event;
  const grown = { ...open, text: open.text + event.text, nextIndex: event.index + 1 };
  return ok({ ...next, suggestion: { ...grown, ...(unsupportedFigures && { unsupportedFigures }) } });
}

function complete(view: CallView, event: SuggestionCompleted): Pick<CallView, "suggestion" | "recent" | "withdrawn"> {
  const { suggestionId, text, source, cardId, latency, unsupportedFigures, sources } = event;
  const open = view.suggestion?.suggestionId === suggestionId ? view.suggestion : null;
  const news = { feedback: null, said: false, ...(unsupportedFigures && { unsupportedFigures }), ...(sources && { sources }) };
  const finished: FinishedSuggestion = { suggestionId, text, source, cardId, latency, ...news, turnIds: open?.turnIds ?? [] };
  const others = view.recent.filter((each) => each.suggestionId !== suggestionId);
  return { suggestion: open ? null : view.suggestion, withdrawn: null, recent: keep(others, finished, limits.recent) };
}

function restore(view: CallView, event: Restored): CallView {
  const known = new Map(view.recent.map((each) => [each.suggestionId, each.turnIds]));
  return {
    ...newView(event.number, event.brief),
    segments: event.segments.map((each) => ({ ...each, endOfTurn: each.final })),
    suggestion: event.suggestion,
    recent: event.recent.map((each) => ({ ...each, turnIds: known.get(each.suggestionId) ?? [] })),
    card: event.card,
    status: event.status,
    rehearsal: event.rehearsal ?? null,
    // Both are news rather than state: a snapshot does not carry them, and the rep may not have read them yet.
    nudges: view.nudges,
    outcomes: view.outcomes,
    ended: view.ended,
  };
}
