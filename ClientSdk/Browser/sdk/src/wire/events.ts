import type { CutOff, RehearsalView } from "./rehearsal.js";
import type { CallBrief } from "./requests.js";
import type {
  CallStatus, CardView, EndReason, FinishedSuggestionView, OpenSuggestionView, SegmentView, SettleReason, SuggestionLatency, SuggestionSource,
  TurnOutcome, WithdrawReason,
} from "./views.js";

interface Numbered<Type extends string> {
  readonly type: Type;
  /** Contiguous within a connection. */
  readonly number: number;
}

export interface TranscriptUpdated extends Numbered<"transcriptUpdated">, SegmentView {
  readonly endOfTurn: boolean;
}

export interface CardShown extends Numbered<"cardShown">, CardView {}

export interface SuggestionStarted extends Numbered<"suggestionStarted"> {
  readonly suggestionId: string;
  /** The customer turns it answers, oldest first. */
  readonly turnIds: readonly string[];
  readonly source: SuggestionSource;
  readonly cardId: string | null;
  /** The turn has probably ended, and is not confirmed: show the words apart from firm ones. A confirmation or a withdrawal follows. */
  readonly tentative?: boolean;
  /** The team's notes that the model was given for it, by page and heading; absent where there are none. */
  readonly sources?: readonly string[];
}

/** The turn of a tentative suggestion is confirmed: its words are firm from now on. */
export interface SuggestionConfirmed extends Numbered<"suggestionConfirmed"> {
  readonly suggestionId: string;
  /** The customer turns it answers, oldest first. */
  readonly turnIds: readonly string[];
}

export interface SuggestionDelta extends Numbered<"suggestionDelta"> {
  readonly suggestionId: string;
  /** 0 for the first delta, then contiguous. */
  readonly index: number;
  readonly text: string;
  /**
   * Figures, dates and promises of the text so far, this delta included, that neither card, brief nor call support; empty where there are
   * none any more, absent where they did not change.
   */
  readonly unsupportedFigures?: readonly string[];
}

export interface SuggestionCompleted extends Numbered<"suggestionCompleted"> {
  readonly suggestionId: string;
  readonly text: string;
  readonly source: SuggestionSource;
  readonly cardId: string | null;
  readonly playbookVersion: string | null;
  readonly latency: SuggestionLatency;
  /** The model that wrote it, by the name it is asked by; absent for the playbook. */
  readonly model?: string;
  /** Figures, dates and promises of the text that neither card, brief nor call support, as they are written; absent where there are none. */
  readonly unsupportedFigures?: readonly string[];
  /** The team's notes that the model was given for it, by page and heading; absent where there are none. */
  readonly sources?: readonly string[];
}

export interface SuggestionWithdrawn extends Numbered<"suggestionWithdrawn"> {
  readonly suggestionId: string;
  readonly reason: WithdrawReason;
}

/** The rep said what a finished suggestion proposed. */
export interface SuggestionSaid extends Numbered<"suggestionSaid"> {
  readonly suggestionId: string;
}

export interface StatusChanged extends Numbered<"statusChanged"> {
  readonly status: CallStatus;
}

/** What became of a customer turn, or of a "suggest now" (whose turn id starts with `now-`). */
export interface TurnSettled extends Numbered<"turnSettled"> {
  readonly turnId: string;
  readonly outcome: TurnOutcome;
  readonly reason: SettleReason;
  readonly suggestionId: string | null;
}

/** A line from the team lead. */
export interface Nudged extends Numbered<"nudged"> {
  readonly nudgeId: string;
  readonly from: string;
  readonly text: string;
}

/** In a rehearsal: the buyer cut the rep off. */
export interface RepCutOff extends Numbered<"repCutOff"> {
  readonly cutOff: CutOff;
}

export interface CallEnded extends Numbered<"callEnded"> {
  readonly reason: EndReason;
}

/** The state of the call, which replaces all that the client had. */
export interface Restored extends Numbered<"restored"> {
  readonly segments: readonly SegmentView[];
  readonly suggestion: OpenSuggestionView | null;
  readonly recent: readonly FinishedSuggestionView[];
  readonly card: CardView | null;
  readonly brief: CallBrief;
  readonly status: CallStatus;
  readonly elapsedMs: number;
  /** Absent for a call with a customer. */
  readonly rehearsal?: RehearsalView;
}

/** Everything a client hears of its call: a closed family, told apart by `type`. */
export type CallEvent =
  | TranscriptUpdated
  | CardShown
  | SuggestionStarted
  | SuggestionConfirmed
  | SuggestionDelta
  | SuggestionCompleted
  | SuggestionWithdrawn
  | SuggestionSaid
  | StatusChanged
  | TurnSettled
  | Nudged
  | RepCutOff
  | CallEnded
  | Restored;
