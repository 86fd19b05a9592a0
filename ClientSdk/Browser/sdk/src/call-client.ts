import { AudioSender } from "./audio-sender.js";
import type { VoiceFrame } from "./capture/speech-clock.js";
import { apply, newView, withFeedback, type CallView } from "./call-view.js";
import { CallLink, LinkLost } from "./call-link.js";
import { systemClock, type Clock } from "./clock.js";
import { FeedbackSender } from "./feedback-sender.js";
import { signalRConnection, type HubConnection } from "./hub-connection.js";
import type { CallBrief, CallEvent, CallHub, FeedbackKind, Progress, StartCallReply, StartCallRequest, TranscriptSegment } from "./messages.js";
import { readRefusal } from "./refusal.js";
import type { ConnectionState } from "./status-line.js";
import { Timings, type Timing } from "./timings.js";
import { TranscriptSender } from "./transcript-sender.js";

/** Names a call to come back to. `resumeToken` is its secret: memory or session storage only, never an address. */
export interface CallTicket {
  readonly callId: string;
  readonly resumeToken: string;
}

export interface CallClientOptions {
  /** The gateway's address, e.g. `http://localhost:5080`; the page's own origin when absent. A gateway lets in the origins of its `Gateway:AllowedOrigins`. */
  readonly gateway?: string;
  /** Makes a new connection for every attempt; a SignalR connection to `/hubs/call` of the gateway when absent. */
  readonly connect?: () => HubConnection;
  readonly clock?: Clock;
  /** A number from 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** BCP 47 tag of the spoken language; English when absent. */
  readonly language?: string;
}

/** How a call is started. */
export interface StartOptions {
  readonly brief?: CallBrief;
  /** The call to take up again; a new one starts where that is not possible. */
  readonly ticket?: CallTicket;
}

/** Events between two acknowledgements. */
const acknowledgeEvery = 16;

/**
 * One call, over as many connections as it takes. Subscribe, {@link start}, {@link hear}; read {@link view} and {@link connection}
 * whenever told of a change. Requests that fail are told through {@link onError} in plain words; they never throw.
 */
export class CallClient {
  readonly #clock: Clock;
  readonly #link: CallLink;
  readonly #sender: TranscriptSender;
  readonly #feedbacks: FeedbackSender;
  readonly #audio: AudioSender;
  readonly #language: string | undefined;
  readonly #timings = new Timings();
  readonly #listeners = new Set<() => void>();
  #view = newView();
  /** What the rep chose and the hub has not confirmed yet; it counts at once, also while disconnected. */
  #pauseWanted: boolean | null = null;
  #brief: CallBrief | undefined;
  #ticket: CallTicket | null = null;
  #phase: "idle" | "connecting" | "open" | "reconnecting" | "ended" | "moved" = "idle";
  #lostAt = 0;
  /** The SDK's clock at the call's start; null until the gateway told. */
  #clockOffset: number | null = null;
  #unacknowledged = 0;

  /** Told, in plain words, what a request failed of. */
  onError: (message: string) => void = () => {};
  /** Told, in plain words, why an attempt to connect failed; the client goes on trying. */
  onConnectFailed: (message: string) => void = () => {};
  /** Told when a call could not be taken up again and a new one began in its place. */
  onStartedAnew: () => void = () => {};

  constructor(options: CallClientOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#language = options.language;
    const random = options.random ?? Math.random;
    const connect = options.connect ?? (() => signalRConnection(`${(options.gateway ?? "").replace(/\/$/, "")}/hubs/call`));
    this.#link = new CallLink(connect, {
      request: () => this.#request(),
      opened: (reply) => this.#opened(reply),
      received: (event) => this.#received(event),
      lost: () => this.#lost(),
      failed: (error) => this.onConnectFailed(readRefusal(error).message),
    }, this.#clock, random);
    this.#sender = new TranscriptSender(this.#link, this.#clock, random, options.language, {
      finalSent: (segment) => this.#timings.sent(segment, this.#clock.now()),
      refused: (message) => this.onError(message),
      changed: () => this.#changed(),
    });
    this.#feedbacks = new FeedbackSender(this.#link, this.#clock, random, (message) => this.onError(message));
    this.#audio = new AudioSender(this.#link, this.#clock, {
      speechEnded: (atMs) => this.#timings.spoken(atMs, this.#clock.now()),
      refused: (message) => this.onError(message),
    });
  }

  /** What is known of the call. */
  get view(): CallView {
    const paused = this.#pauseWanted;
    return paused === null ? this.#view : { ...this.#view, status: { ...this.#view.status, paused } };
  }

  get connection(): ConnectionState {
    const phase = this.#phase;
    return phase === "reconnecting" ? { phase, awaySeconds: (this.#clock.now() - this.#lostAt) / 1000 } : { phase };
  }

  /** What takes the call up again; null before it has started. */
  get ticket(): CallTicket | null {
    return this.#ticket;
  }

  /** The call's clock, in milliseconds. */
  get elapsedMs(): number {
    return this.#clockOffset === null ? 0 : Math.max(0, this.#clock.now() - this.#clockOffset);
  }

  /** Finals that the gateway has not confirmed yet; they are sent again after a reconnect. */
  get unsent(): number {
    return this.#sender.waiting;
  }

  /** Segments that were given up: interims while disconnected, everything while paused, finals beyond what waits. */
  get dropped(): number {
    return this.#sender.dropped;
  }

  /** Frames of a voice that could not leave in time and were given up. */
  get voiceDropped(): number {
    return this.#audio.dropped;
  }

  /** Feedback that the gateway has not confirmed yet. */
  get feedbackWaiting(): number {
    return this.#feedbacks.waiting;
  }

  /** Feedback given up beyond the 50 that wait. */
  get feedbackDropped(): number {
    return this.#feedbacks.lost;
  }

  /** What this client measured of a suggestion. */
  timing(suggestionId: string): Timing {
    return this.#timings.of(suggestionId);
  }

  /** @returns What ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts a call, or takes one up again. Keeps trying until it succeeds or the client is closed. */
  start(options: StartOptions = {}): void {
    this.#brief = options.brief;
    this.#ticket = options.ticket ?? null;
    this.#view = newView(0, options.brief);
    this.#phase = "connecting";
    this.#link.start();
    this.#changed();
  }

  /** Tries to connect now rather than when the next attempt is due, e.g. because the network came back. */
  retryNow(): void {
    if (this.#phase === "reconnecting" || this.#phase === "connecting") this.#link.start();
  }

  /** Comes back to a call that another window had taken over. */
  takeBack(): void {
    if (this.#phase !== "moved") return;
    this.#phase = "connecting";
    this.#view = { ...this.#view, ended: null };
    this.#link.start();
    this.#changed();
  }

  /** Words of either speaker, interim or final. Level 1 decides whether they end the turn. Nothing leaves the browser while paused. */
  hear(segment: TranscriptSegment): void {
    if (this.view.status.paused || this.#phase === "ended" || this.#phase === "moved") this.#sender.drop();
    else this.#sender.hear(segment);
  }

  /**
   * A moment of a voice, speech only; a `Capture` that is fed to this client calls it. Words come back as segments of {@link view}. Nothing leaves
   * the browser while paused, nor to a gateway that does not transcribe.
   */
  hearVoice(frame: VoiceFrame): void {
    const { paused, transcription } = this.view.status;
    if (this.#ticket && !paused && transcription !== "none" && this.#phase !== "ended" && this.#phase !== "moved") this.#audio.hear(frame);
  }

  /** A changed brief; it counts from the next suggestion. */
  updateBrief(brief: CallBrief): void {
    this.#brief = brief;
    this.#view = { ...this.#view, brief };
    this.#ask("UpdateBrief", brief);
    this.#changed();
  }

  /** What the rep did with a suggestion. It counts in {@link view} at once and is kept until the gateway has stored it; at most 50 wait. */
  feedback(suggestionId: string, kind: FeedbackKind): void {
    this.#view = withFeedback(this.#view, suggestionId, kind);
    this.#feedbacks.send({ suggestionId, kind });
    this.#changed();
  }

  /** Asks for a suggestion although nobody put a question. */
  suggestNow(): void {
    this.#timings.asked(this.#clock.now());
    this.#ask("SuggestNow");
  }

  /** Off the record, at once: what was begun is forgotten here, and the gateway is told as soon as it can be. */
  pause(): void {
    this.#sender.forget();
    this.#audio.forget();
    this.#want(true);
  }

  /** On the record again. */
  resume(): void {
    this.#want(false);
  }

  swapSpeakers(): void {
    this.#ask("SwapSpeakers");
  }

  /** Ends the call. Without a connection it ends here at once, and at the gateway two minutes later. */
  end(): void {
    this.#sender.flush();
    if (this.#link.open) this.#ask("EndCall");
    else this.#finish("ended");
  }

  /** Lets go of the call without ending it: whoever holds the ticket can take it up again. */
  close(): void {
    this.#sender.close();
    this.#audio.close();
    this.#feedbacks.close();
    this.#link.close();
    this.#listeners.clear();
  }

  /** The first words of a suggestion are on the screen. */
  painted(suggestionId: string): void {
    if (!this.#timings.painted(suggestionId, this.#clock.now())) return;
    const { renderMs } = this.#timings.of(suggestionId);
    // The acknowledgement of a suggestion that came whole has left already, from the message handler.
    if (this.#view.suggestion?.suggestionId !== suggestionId) this.#acknowledge({ suggestionId, ...(renderMs !== null && { renderMs }) });
    this.#changed();
  }

  #request(): StartCallRequest {
    return {
      ...(this.#brief && { brief: this.#brief }),
      ...(this.#language !== undefined && { language: this.#language }),
      ...(this.#ticket && {
        resume: {
          ...this.#ticket,
          lastNumber: this.#view.number,
          ...(this.#clockOffset !== null && { atMs: Math.round(this.elapsedMs) }),
        },
      }),
    };
  }

  #opened(reply: StartCallReply): void {
    const startedAnew = this.#ticket !== null && !reply.resumed;
    if (!reply.resumed) this.#view = newView(reply.number, this.#brief);
    else this.#view = { ...this.#view, number: reply.number, stale: false };
    this.#ticket = { callId: reply.callId, resumeToken: reply.resumeToken };
    this.#clockOffset = this.#clock.now() - reply.elapsedMs;
    this.#unacknowledged = 0;
    this.#phase = "open";
    this.#sender.resend();
    this.#feedbacks.resend();
    this.#audio.send();
    if (this.#pauseWanted !== null) this.#want(this.#pauseWanted);
    if (startedAnew) this.onStartedAnew();
    this.#changed();
  }

  #lost(): void {
    if (this.#phase === "open") {
      this.#phase = "reconnecting";
      this.#lostAt = this.#clock.now();
    }
    this.#sender.hold();
    this.#audio.hold();
    this.#changed();
  }

  #received(event: CallEvent): void {
    const { view, resync } = apply(this.#view, event);
    this.#view = view;
    if (resync) this.#ask("Resync");
    this.#measure(event);
    if (view.ended) this.#finish(view.ended === "movedElsewhere" ? "moved" : "ended");
    else if (++this.#unacknowledged >= acknowledgeEvery) this.#acknowledge({});
    this.#changed();
  }

  #measure(event: CallEvent): void {
    switch (event.type) {
      case "restored":
        this.#clockOffset = this.#clock.now() - event.elapsedMs;
        this.#brief = event.brief;
        return this.#acknowledge({});
      case "nudged":
        // The team lead waits to hear that it is here.
        return this.#acknowledge({});
      case "transcriptUpdated":
        if (event.final) this.#timings.recognised(event.segmentId, event.endMs);
        return;
      case "suggestionStarted":
        return this.#timings.started(event.suggestionId, event.turnIds);
      case "suggestionDelta":
        return this.#timings.words(event.suggestionId, this.#clock.now());
      case "suggestionCompleted": {
        this.#timings.words(event.suggestionId, this.#clock.now());
        this.#timings.completed(event.suggestionId, event.latency);
        const { networkMs, renderMs } = this.#timings.of(event.suggestionId);
        return this.#acknowledge({
          suggestionId: event.suggestionId,
          ...(networkMs !== null && { networkMs }),
          ...(renderMs !== null && { renderMs }),
        });
      }
    }
  }

  #acknowledge(progress: Omit<Progress, "number">): void {
    this.#unacknowledged = 0;
    this.#link.invoke("Acknowledge", { number: this.#view.number, ...progress }).catch(() => {});
  }

  #finish(phase: "ended" | "moved"): void {
    this.#phase = phase;
    this.#sender.close();
    this.#audio.close();
    this.#feedbacks.close();
    this.#link.close();
    this.#changed();
  }

  #want(paused: boolean): void {
    this.#pauseWanted = paused;
    const settled = () => {
      if (this.#pauseWanted !== paused) return;
      this.#pauseWanted = null;
      this.#changed();
    };
    this.#link.invoke(paused ? "Pause" : "Resume").then(
      () => {
        this.#view = { ...this.#view, status: { ...this.#view.status, paused } };
        settled();
      },
      (error: unknown) => {
        if (error instanceof LinkLost) return;
        settled();
        this.onError(readRefusal(error).message);
      },
    );
    this.#changed();
  }

  #ask<Method extends keyof CallHub>(method: Method, ...args: Parameters<CallHub[Method]>): void {
    this.#link.invoke(method, ...args).catch((error: unknown) => this.onError(readRefusal(error).message));
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

