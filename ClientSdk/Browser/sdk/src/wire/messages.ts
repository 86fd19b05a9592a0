import type { CallBrief, Consent, Progress, SpeechReport, StartCallReply, StartCallRequest, SuggestionFeedback, TranscriptSegment } from "./requests.js";

export * from "./requests.js";
export * from "./views.js";
export * from "./rehearsal.js";
export * from "./events.js";

/** What a client may ask of its call: the argument and the reply of each method of the hub. */
export interface CallHub {
  StartCall(request: StartCallRequest): StartCallReply;
  RecordConsent(consent: Consent): void;
  RevokeConsent(): void;
  SendTranscript(segment: TranscriptSegment): void;
  UpdateBrief(brief: CallBrief): void;
  SendFeedback(feedback: SuggestionFeedback): void;
  Acknowledge(progress: Progress): void;
  ReportSpeech(report: SpeechReport): void;
  SuggestNow(): void;
  Pause(): void;
  Resume(): void;
  SwapSpeakers(): void;
  Resync(): void;
  EndCall(): void;
}
