/** The messages of the wire, as Contracts/Messages writes them. Times are milliseconds on the call's clock. */

/** Who said something. */
export type Speaker = "rep" | "customer";

/** What the rep knows before the call. */
export interface CallBrief {
  readonly repName: string | null;
  readonly customerName: string | null;
  readonly company: string | null;
  readonly role: string | null;
  readonly product: string | null;
  readonly notes: string | null;
}

/** A brief that says nothing. */
export const emptyBrief: CallBrief = { repName: null, customerName: null, company: null, role: null, product: null, notes: null };

/** A stretch of speech of one speaker; `endOfTurn` equals `final` when absent. */
export interface TranscriptSegment {
  readonly segmentId: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly final: boolean;
  readonly endOfTurn?: boolean | null;
  readonly startMs: number;
  readonly endMs: number;
  /** The page's place in a trace, as W3C Trace Context writes it, where it traces: the suggestion becomes a part of that trace. */
  readonly traceparent?: string;
}

/** Names a call and proves that it is the caller's. `lastNumber` is that of the last event handled, 0 when none. */
export interface ResumeRequest {
  readonly callId: string;
  readonly resumeToken: string;
  readonly lastNumber: number;
  /** The call's clock at this attempt, in whole milliseconds, where it is known: of two connections the later wins, whenever a gateway hears of them. */
  readonly atMs?: number;
}

export interface StartCallRequest {
  readonly brief?: CallBrief;
  /** BCP 47 tag of the spoken language; English when absent. */
  readonly language?: string;
  readonly resume?: ResumeRequest;
}

export interface StartCallReply {
  readonly callId: string;
  readonly resumeToken: string;
  /** The next event carries this number plus one. */
  readonly number: number;
  readonly elapsedMs: number;
  /** False when a new call was started, also where a resume was asked for. */
  readonly resumed: boolean;
}

/** How far the client has come, and what it measured of one suggestion. */
export interface Progress {
  readonly number: number;
  readonly suggestionId?: string;
  readonly networkMs?: number;
  readonly renderMs?: number;
}

/** A moment of one speaker's voice: speech only, its end marked. */
export interface AudioFrame {
  readonly speaker: Speaker;
  /** 0, 1, 2 … for each speaker of a connection; a gap is a loss, and counted. */
  readonly number: number;
  /** When the first sample was spoken, on the call's clock. */
  readonly atMs: number;
  /** Mono, 16 kHz, PCM16 little-endian, 20 to 60 ms, base64. */
  readonly pcm: string;
  readonly endOfSpeech: boolean;
  /** It was let pass by a speech model; absent where it was not. */
  readonly gated?: boolean;
}

export type FeedbackKind = "used" | "dismissed" | "pinned" | "unpinned";

export interface SuggestionFeedback {
  readonly suggestionId: string;
  readonly kind: FeedbackKind;
}

export type ModelState = "none" | "ready" | "unavailable" | "off";
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
  | "callEnded";

export type WithdrawReason =
  | "newerTurn"
  | "resumed"
  | "dismissed"
  | "paused"
  | "speakersSwapped"
  | "clientAway"
  | "failed"
  | "workerLost"
  | "callEnded";

export type EndReason = "ended" | "movedElsewhere" | "abandoned";

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
  /** Figures of the text that neither card, brief nor call support, as they are written; absent where there are none. */
  readonly unsupportedFigures?: readonly string[];
}

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
}

export interface SuggestionCompleted extends Numbered<"suggestionCompleted"> {
  readonly suggestionId: string;
  readonly text: string;
  readonly source: SuggestionSource;
  readonly cardId: string | null;
  readonly playbookVersion: string | null;
  readonly latency: SuggestionLatency;
  /** Figures of the text that neither card, brief nor call support, as they are written; absent where there are none. */
  readonly unsupportedFigures?: readonly string[];
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
  | CallEnded
  | Restored;

/** What a client may ask of its call: the argument and the reply of each method of the hub. */
export interface CallHub {
  StartCall(request: StartCallRequest): StartCallReply;
  SendTranscript(segment: TranscriptSegment): void;
  UpdateBrief(brief: CallBrief): void;
  SendFeedback(feedback: SuggestionFeedback): void;
  Acknowledge(progress: Progress): void;
  SuggestNow(): void;
  Pause(): void;
  Resume(): void;
  SwapSpeakers(): void;
  Resync(): void;
  EndCall(): void;
}
