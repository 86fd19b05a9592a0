import type { SignIn } from "../connection/sign-in.js";
import type { CallTicket } from "./call-options.js";
import type { CallBrief, Consent, FinishedSuggestionView, ScoreCard, SegmentView, Speaker } from "../wire/messages.js";

/** What came of a call; `cues` are sentences of the call itself, picked without a model. */
export interface CallSummary {
  readonly needs: readonly string[];
  readonly objections: readonly string[];
  readonly commitments: readonly string[];
  readonly nextSteps: readonly string[];
  readonly source: "cues" | "model";
}

/** Who spoke how long, in milliseconds. */
export interface TalkTime {
  readonly repMs: number;
  readonly customerMs: number;
  /** The rep's share of all speech, 0 to 1; null when nobody spoke. */
  readonly repShare: number | null;
  /** The longest that one of them held the floor. */
  readonly longest: { readonly speaker: Speaker; readonly startMs: number; readonly durationMs: number } | null;
}

/** A card that came up in a call. */
export interface ReportCard {
  readonly cardId: string;
  readonly title: string | null;
  readonly fact: string | null;
  readonly source: string | null;
  readonly suggested: number;
  readonly said: number;
  readonly used: number;
}

/** A suggestion that was finished in a call. */
export interface ReportSuggestion {
  readonly atMs: number;
  readonly suggestion: FinishedSuggestionView;
  readonly turnIds: readonly string[];
}

/** All that the gateway keeps of a call. */
export interface CallReport {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly brief: CallBrief;
  /** Null before the call's end, or when nothing was said. */
  readonly summary: CallSummary | null;
  /** A model is writing a better summary. */
  readonly summaryPending: boolean;
  readonly talk: TalkTime;
  readonly cards: readonly ReportCard[];
  readonly suggestions: readonly ReportSuggestion[];
  readonly transcript: readonly SegmentView[];
  /** The consent that was recorded last; absent from an older gateway. */
  readonly consent?: { readonly consent: Consent; readonly at: string; readonly by: string | null } | null;
  /** What a rehearsal showed; absent for a call with a customer. */
  readonly scoreCard?: ScoreCard;
}

/**
 * Reads what the gateway keeps of a call, over or not.
 * @param gateway The gateway's address; the page's own origin when absent.
 * @param signIn Where people sign in by an access token.
 * @returns The report; null when it is not kept, or no longer.
 * @throws When the gateway cannot be reached, or cannot reach its storage.
 */
export async function readCallReport(ticket: CallTicket, gateway = "", signIn?: SignIn): Promise<CallReport | null> {
  const response = await fetch(`${gateway.replace(/\/$/, "")}/calls/${encodeURIComponent(ticket.callId)}/summary.json`, {
    headers: { Authorization: (await signIn?.authorization(ticket.resumeToken)) ?? `Bearer ${ticket.resumeToken}` },
    cache: "no-store",
  });
  if (response.status === 404 || response.status === 401) return null;
  if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
  return (await response.json()) as CallReport;
}
