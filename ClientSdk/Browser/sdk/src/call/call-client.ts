import { LinkLost } from "../connection/hub-link.js";
import { CallLifecycle } from "./call-lifecycle.js";
import type { CallClientOptions, CallTicket, StartOptions } from "./call-options.js";
import type { CallView } from "./call-view.js";
import type { VoiceFrame } from "../capture/speech-clock.js";
import type { CallBrief, Consent, FeedbackKind, SpeechFrame, SpeechReport, TranscriptSegment } from "../wire/messages.js";
import { readRefusal } from "../wire/refusal.js";
import type { ConnectionState } from "./status-line.js";
import type { Timing } from "./timings.js";

/**
 * One call, over as many connections as it takes. Subscribe, {@link start}, {@link hear}; read {@link view} and {@link connection}
 * whenever told of a change. Requests that fail are told through {@link onError} in plain words; they never throw.
 */
export class CallClient {
  readonly #call: CallLifecycle;
  readonly #listeners = new Set<() => void>();

  /** Told, in plain words, what a request failed of. */
  onError: (message: string) => void = () => {};
  /** Told, in plain words, why an attempt to connect failed; the client goes on trying. */
  onConnectFailed: (message: string) => void = () => {};
  /** Told when a call could not be taken up again and a new one began in its place. */
  onStartedAnew: () => void = () => {};

  /** Told of every moment of a rehearsal's buyer's voice; a `BuyerVoice` plays it. */
  onSpeech: (frame: SpeechFrame) => void = () => {};

  constructor(options: CallClientOptions = {}) {
    this.#call = new CallLifecycle(options, {
      refused: (message) => this.onError(message),
      connectFailed: (message) => this.onConnectFailed(message),
      startedAnew: () => this.onStartedAnew(),
      spoken: (frame) => this.onSpeech(frame),
      changed: () => this.#changed(),
    });
  }

  /** What is known of the call. A pause, its end and a changed brief count at once. */
  get view(): CallView {
    return this.#call.sender.view;
  }

  get connection(): ConnectionState {
    return this.#call.state.connection;
  }

  /** What takes the call up again; null before it has started. */
  get ticket(): CallTicket | null {
    return this.#call.state.ticket;
  }

  /** The call's clock, in milliseconds. */
  get elapsedMs(): number {
    return this.#call.state.elapsedMs;
  }

  /** Finals that the gateway has not confirmed yet; they are sent again after a reconnect. */
  get unsent(): number {
    return this.#call.sender.transcript.waiting;
  }

  /** Segments that were given up: interims while disconnected, everything while paused, finals beyond what waits. */
  get dropped(): number {
    return this.#call.sender.transcript.dropped;
  }

  /** Frames of a voice that could not leave in time and were given up. */
  get voiceDropped(): number {
    return this.#call.sender.audio.dropped;
  }

  /** Feedback that the gateway has not confirmed yet. */
  get feedbackWaiting(): number {
    return this.#call.sender.feedback.waiting;
  }

  /** Feedback given up beyond the 50 that wait. */
  get feedbackDropped(): number {
    return this.#call.sender.feedback.lost;
  }

  /** What this client measured of a suggestion. */
  timing(suggestionId: string): Timing {
    return this.#call.progress.of(suggestionId);
  }

  /** @returns What ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts a call, or takes one up again. Keeps trying until it succeeds or the client is closed. */
  start(options: StartOptions = {}): void {
    this.#call.start(options);
  }

  /** Tries to connect now rather than when the next attempt is due, e.g. because the network came back. */
  retryNow(): void {
    this.#call.retryNow();
  }

  /** Comes back to a call that another window had taken over. */
  takeBack(): void {
    this.#call.takeBack();
  }

  /** Words of either speaker, interim or final. Level 1 decides whether they end the turn. Nothing leaves the browser while paused. */
  hear(segment: TranscriptSegment): void {
    const { sender, state } = this.#call;
    if (sender.paused || state.isOver) sender.transcript.drop();
    else sender.transcript.hear(segment);
  }

  /**
   * A moment of a voice, speech only; a `Capture` that is fed to this client calls it. Words come back as segments of {@link view}. Nothing
   * leaves the browser while paused, nor to a gateway that does not transcribe.
   */
  hearVoice(frame: VoiceFrame): void {
    const { sender, state } = this.#call;
    if (state.ticket && !sender.paused && !state.isOver && state.view.status.transcription !== "none") sender.audio.hear(frame);
  }

  /** How far a buyer's voice was played; a `BuyerVoice` tells it. */
  reportSpeech(report: SpeechReport): void {
    this.#call.report(report);
  }

  /** Records that the people on the call agreed: where consent is needed, nothing said is taken before. Later connections bring it along. */
  recordConsent(consent: Consent): void {
    this.#call.state.consent = consent;
    if (this.#call.state.phase === "open") this.#call.ask("RecordConsent", consent);
  }

  /** Ends the call at once and has the gateway delete what it kept of it; the gateway is asked until it has. */
  revokeConsent(): void {
    this.#call.sender.revoke();
    this.#changed();
  }

  /** A changed brief; it counts from the next suggestion. Without a connection it is sent as soon as there is one. */
  updateBrief(brief: CallBrief): void {
    this.#call.sender.updateBrief(brief);
    this.#changed();
  }

  /** What the rep did with a suggestion. It counts in {@link view} at once and is kept until the gateway has stored it; at most 50 wait. */
  feedback(suggestionId: string, kind: FeedbackKind): void {
    this.#call.state.applyFeedback(suggestionId, kind);
    this.#call.sender.feedback.send({ suggestionId, kind });
    this.#changed();
  }

  /** Asks for a suggestion although nobody put a question. Without a connection it is not asked: later it would answer an old moment. */
  suggestNow(): void {
    this.#call.progress.asked();
    this.#call.ask("SuggestNow");
  }

  /** Off the record, at once: what was begun is forgotten here, and the gateway is told as soon as it can be. */
  pause(): void {
    this.#call.sender.pause();
    this.#changed();
  }

  /** On the record again. */
  resume(): void {
    this.#call.sender.resume();
    this.#changed();
  }

  /**
   * The channels are reversed, before and from now on. Without a connection it is not asked, nor again after a loss: twice would undo it.
   */
  swapSpeakers(): void {
    this.#call.ask("SwapSpeakers");
  }

  /** Ends the call. Without a connection it ends here at once, and at the gateway two minutes later. */
  end(): void {
    this.#call.sender.end().catch((error: unknown) => {
      if (error instanceof LinkLost) this.#call.finish("ended");
      else this.onError(readRefusal(error).message);
    });
  }

  /** Lets go of the call without ending it: whoever holds the ticket can take it up again. */
  close(): void {
    this.#call.close();
    this.#listeners.clear();
  }

  /** The first words of a suggestion are on the screen. */
  painted(suggestionId: string): void {
    const { progress, state } = this.#call;
    const due = progress.painted(suggestionId, state.view.number);
    if (!due) return;
    // The acknowledgement of a suggestion that is still open tells of its painting too.
    if (state.view.suggestion?.suggestionId !== suggestionId) this.#call.acknowledge(due);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
