import type { RehearsalRequest } from "./rehearsal.js";

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
  /**
   * The call's clock at this attempt, in whole milliseconds, where it is known: of two connections the later wins, whenever a gateway hears
   * of them.
   */
  readonly atMs?: number;
}

/** How people agreed to be transcribed; `simulated` where nobody is on the call. */
export type ConsentMethod = "spoken" | "written" | "onScreen" | "other" | "simulated";

/** The people on a call agreed that it is transcribed. */
export interface Consent {
  readonly method: ConsentMethod;
  /** The `version` of the policy that they agreed to. */
  readonly policyVersion: string;
  /** Everybody on the call agreed; false for the rep alone. */
  readonly everyone: boolean;
}

/** What a client must ask before a call. */
export interface ConsentPolicy {
  readonly mode: "off" | "oneParty" | "allParty";
  readonly version: string;
  /** What the rep tells the others. */
  readonly notice: string;
}

export interface StartCallRequest {
  readonly brief?: CallBrief;
  /** BCP 47 tag of the spoken language, or `auto`, which leaves it to the transcriber; the gateway's default when absent. */
  readonly language?: string;
  readonly resume?: ResumeRequest;
  /** On a resume one that is recorded stands. */
  readonly consent?: Consent;
  /** Makes a new call a rehearsal; on a resume the stored one stands. */
  readonly rehearsal?: RehearsalRequest;
}

export interface StartCallReply {
  readonly callId: string;
  readonly resumeToken: string;
  /** The next event carries this number plus one. */
  readonly number: number;
  readonly elapsedMs: number;
  /** False when a new call was started, also where a resume was asked for. */
  readonly resumed: boolean;
  /** The call's language, by which the client judges turns; absent from a gateway that does not tell. */
  readonly language?: string | null;
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

/** A moment of a buyer's voice in a rehearsal that was started with `voice`. */
export interface SpeechFrame {
  /** The buyer's turn: the segment that has its words. */
  readonly segmentId: string;
  /** 0, 1, 2 … within the turn; a gap is a loss. */
  readonly number: number;
  /** Mono, 24 kHz, PCM16 little-endian, 40 ms at most, base64; empty at the end. */
  readonly pcm: string;
  /** On the last frame: play to the end, or be silent at once. */
  readonly end?: "complete" | "stopped";
}

/** How far a buyer's turn was played. */
export interface SpeechReport {
  readonly segmentId: string;
  readonly playedMs: number;
  /** The rep talks over it: nothing more of it is played. */
  readonly stopped: boolean;
}

export type FeedbackKind = "used" | "dismissed" | "pinned" | "unpinned";

export interface SuggestionFeedback {
  readonly suggestionId: string;
  readonly kind: FeedbackKind;
}
