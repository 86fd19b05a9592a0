import type { FeedbackKind, Speaker } from "./requests.js";

export type ModelState = "none" | "ready" | "unavailable" | "off" | "overBudget";
export type StorageState = "ready" | "unavailable" | "full";
export type Hearing = "both" | "repOnly" | "customerOnly";
export type TranscriptionState = "none" | "ready" | "behind" | "unavailable";

/** Facts about a call, of which {@link statusLine} picks one line. */
export interface CallStatus {
  readonly model: ModelState;
  readonly storage: StorageState;
  readonly busy: boolean;
  readonly thinking: boolean;
  readonly paused: boolean;
  readonly hearing: Hearing;
  /** Whether voices are turned into words here; `none` refuses audio. */
  readonly transcription: TranscriptionState;
  /** How far the words are behind the voices; 0 unless behind. */
  readonly lagMs: number;
}

export type SuggestionSource = "model" | "playbook";

/** Where the time went, in milliseconds; the six parts sum to `serverMs`. */
export interface SuggestionLatency {
  readonly turnMs: number;
  readonly busMs: number;
  readonly coalesceMs: number;
  readonly heldMs: number;
  readonly contextMs: number;
  readonly firstTokenMs: number;
  readonly sinceOldestMs: number;
  /** How long the model had worked before the turn was confirmed: beside the other parts, in no sum; absent for none. */
  readonly hiddenMs?: number;
  readonly serverMs: number;
}

export type TurnOutcome = "suggested" | "merged" | "abstained" | "expired" | "failed";

export type SettleReason =
  | "byModel"
  | "byPlaybook"
  | "newerTurn"
  | "backchannel"
  | "echo"
  | "noCard"
  | "alreadyShown"
  | "paused"
  | "clientAway"
  | "held"
  | "stale"
  | "dismissed"
  | "speakersSwapped"
  | "modelFailed"
  | "callEnded"
  | "testMe";

export type WithdrawReason =
  | "newerTurn"
  | "resumed"
  | "repeats"
  | "dismissed"
  | "paused"
  | "speakersSwapped"
  | "clientAway"
  | "failed"
  | "workerLost"
  | "callEnded";

export type EndReason = "ended" | "movedElsewhere" | "abandoned" | "consentRevoked" | "deleted";

/** A segment as it stands on the screen. */
export interface SegmentView {
  readonly segmentId: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly final: boolean;
  readonly startMs: number;
  readonly endMs: number;
  /** How many characters of an interim, from the beginning, will hardly change; 0 or absent where nobody judged. */
  readonly firmChars?: number;
}

/** The playbook's instant answer to a turn. */
export interface CardView {
  readonly cardId: string;
  readonly turnId: string;
  readonly title: string;
  readonly text: string;
  readonly fact: string | null;
  readonly source: string | null;
  readonly playbookVersion: string;
}

/** The suggestion that is being written. */
export interface OpenSuggestionView {
  readonly suggestionId: string;
  readonly turnIds: readonly string[];
  readonly text: string;
  /** The index the next delta will carry. */
  readonly nextIndex: number;
  readonly source: SuggestionSource;
  readonly cardId: string | null;
  /** Its turn is not confirmed. */
  readonly tentative?: boolean;
  /** Figures, dates and promises of the words so far that neither card, brief nor call support; absent where there are none. */
  readonly unsupportedFigures?: readonly string[];
  /** The team's notes that the model was given for it, by page and heading; absent where there are none. */
  readonly sources?: readonly string[];
}

/** A finished suggestion. */
export interface FinishedSuggestionView {
  readonly suggestionId: string;
  readonly text: string;
  readonly source: SuggestionSource;
  readonly cardId: string | null;
  readonly feedback: FeedbackKind | null;
  readonly latency: SuggestionLatency | null;
  /** The rep then said it, or most of a sentence of it. */
  readonly said: boolean;
  /** Figures, dates and promises of the text that neither card, brief nor call support, as they are written; absent where there are none. */
  readonly unsupportedFigures?: readonly string[];
  /** The team's notes that the model was given for it, by page and heading; absent where there are none. */
  readonly sources?: readonly string[];
}
