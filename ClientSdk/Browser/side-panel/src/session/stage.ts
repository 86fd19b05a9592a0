import type { CallView, CardView, Segment, SuggestionSource } from "@teleprompter/sdk";

/** The suggestion under the rep's eyes. */
export interface SayNow {
  readonly suggestionId: string;
  readonly text: string;
  readonly source: SuggestionSource;
  readonly cardId: string | null;
  readonly turnIds: readonly string[];
  /** More words may come. */
  readonly writing: boolean;
  /** Its turn is not confirmed: the words look like a guess. */
  readonly tentative: boolean;
  /** Figures, dates and promises of the text that nothing supports. */
  readonly unsupported: readonly string[];
  /** The team's notes that it stands on. */
  readonly sources: readonly string[];
}

/** What the rep is looking at, as opposed to what is known. */
export interface Stage {
  readonly say: SayNow | null;
  readonly card: CardView | null;
  /** Something waits until the rep stops speaking. */
  readonly held: boolean;
  /** Start of the newest customer turn that `say` ever answered, in milliseconds; -1 when none. A tentative answer is none yet. */
  readonly saidTurnMs: number;
  /** The same of `card`. */
  readonly cardTurnMs: number;
}

export const emptyStage: Stage = { say: null, card: null, held: false, saidTurnMs: -1, cardTurnMs: -1 };

/**
 * One thing at a time: while the rep speaks, nothing is swapped under their eyes, unless it answers something that the customer said
 * since, or the rep asked for it. What is shown may grow in place; what is taken back always leaves. Tentative words replace nothing
 * while the rep speaks; where they leave, what stood before them comes back.
 */
export function advance(stage: Stage, view: CallView, repSpeaking: boolean): Stage {
  const incoming = candidate(view);
  const stays = stage.say && isStill(view, stage.say.suggestionId) ? stage.say : null;
  const guess = incoming?.tentative === true && incoming.suggestionId !== stays?.suggestionId;
  const say = guess && stays && repSpeaking ? stays : choose(stays, incoming, sameSuggestion, (next) => next.turnIds, stage.saidTurnMs);
  const card = choose(stage.card, view.card, sameCard, (next) => [next.turnId], stage.cardTurnMs);
  return {
    say,
    card,
    held: say?.suggestionId !== incoming?.suggestionId || !(card === view.card || (card && view.card && sameCard(card, view.card))),
    saidTurnMs: Math.max(stage.saidTurnMs, newestTurn(say && !say.tentative ? say.turnIds : [], view.segments)),
    cardTurnMs: Math.max(stage.cardTurnMs, newestTurn(card ? [card.turnId] : [], view.segments)),
  };

  function choose<T>(shown: T | null, next: T | null, same: (a: T, b: T) => boolean, turns: (item: T) => readonly string[], answeredMs: number): T | null {
    if (!next) return shown;
    if (shown && same(shown, next)) return next;
    // Onto a screen that was always empty, e.g. of a reloaded page, anything may come.
    const news = (!shown && (answeredMs < 0 || comesBack(view))) || turns(next).some((id) => id.startsWith("now-")) || newestTurn(turns(next), view.segments) > answeredMs;
    return repSpeaking && !news ? shown : next;
  }
}

/** Until when the rep counts as speaking, in milliseconds after their last words: speech pauses between sentences, and interims stall. */
export function speakingForMs(lastWordsFinal: boolean): number {
  return lastWordsFinal ? 700 : 2500;
}

function candidate(view: CallView): SayNow | null {
  if (view.suggestion) {
    const { suggestionId, text, source, cardId, turnIds, tentative = false, unsupportedFigures: unsupported = [], sources = [] } = view.suggestion;
    return { suggestionId, text, source, cardId, turnIds, writing: true, tentative, unsupported, sources };
  }
  const last = view.recent.at(-1);
  if (!last || (view.withdrawn && !comesBack(view)) || last.feedback === "dismissed") return null;
  const { suggestionId, text, source, cardId, turnIds, unsupportedFigures: unsupported = [], sources = [] } = last;
  return { suggestionId, text, source, cardId, turnIds, writing: false, tentative: false, unsupported, sources };
}

/** What was only tentative, or repeats what stood before it, leaves: that comes back. */
function comesBack(view: CallView): boolean {
  return view.withdrawn?.reason === "resumed" || view.withdrawn?.reason === "repeats";
}

function isStill(view: CallView, suggestionId: string): boolean {
  if (view.suggestion?.suggestionId === suggestionId) return true;
  return view.recent.some((each) => each.suggestionId === suggestionId && each.feedback !== "dismissed");
}

const sameSuggestion = (a: SayNow, b: SayNow) => a.suggestionId === b.suggestionId;
const sameCard = (a: CardView, b: CardView) => a.cardId === b.cardId && a.turnId === b.turnId;

function newestTurn(turnIds: readonly string[], segments: readonly Segment[]): number {
  if (turnIds.length === 0) return -1;
  return segments.reduce((newest, each) => (turnIds.includes(each.segmentId) ? Math.max(newest, each.startMs) : newest), -1);
}
