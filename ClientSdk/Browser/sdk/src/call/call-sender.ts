import { AudioSender } from "../sending/audio-sender.js";
import type { CallLink } from "../sending/call-link.js";
import type { CallState } from "./call-state.js";
import type { CallView } from "./call-view.js";
import type { Clock } from "../time/clock.js";
import { FeedbackSender } from "../sending/feedback-sender.js";
import type { CallBrief, StartCallRequest, TranscriptSegment } from "../wire/messages.js";
import { PendingSetting } from "../sending/pending-setting.js";
import type { ProgressMeter } from "./progress-meter.js";
import { TranscriptSender } from "../sending/transcript-sender.js";

export interface SenderOptions {
  readonly clock: Clock;
  /** A number from 0 to 1, for the jitter. */
  readonly random: () => number;
  /** BCP 47 tag of the spoken language, or `auto`; the gateway's default when absent. */
  readonly language: string | undefined;
}

/** What a call sender tells its owner. */
export interface CallSenderEvents {
  /** The gateway refused, in its own words. */
  refused(message: string): void;
  /** The gateway has deleted the call. */
  deleted(): void;
  changed(): void;
}

/** All that waits to go to the gateway, and the order in which it goes once a connection is open. */
export class CallSender {
  readonly transcript: TranscriptSender;
  readonly feedback: FeedbackSender;
  readonly audio: AudioSender;
  readonly #link: CallLink;
  readonly #state: CallState;
  readonly #events: CallSenderEvents;
  readonly #pause: PendingSetting<boolean>;
  readonly #brief: PendingSetting<CallBrief>;
  readonly #revocation: PendingSetting<boolean>;

  constructor(link: CallLink, state: CallState, progress: ProgressMeter, options: SenderOptions, events: CallSenderEvents) {
    [this.#link, this.#state, this.#events] = [link, state, events];
    const { clock, random, language } = options;
    const refused = (message: string) => events.refused(message);
    const changed = () => events.changed();
    const finalSent = (segment: TranscriptSegment) => progress.sent(segment);
    this.transcript = new TranscriptSender(link, clock, random, language, { finalSent, refused, changed });
    this.feedback = new FeedbackSender(link, clock, random, refused);
    this.audio = new AudioSender(link, clock, { speechEnded: (atMs) => progress.spoken(atMs), refused });
    this.#pause = new PendingSetting(clock, random, {
      invoke: (paused) => link.invoke(paused ? "Pause" : "Resume"),
      settled: (paused, confirmed) => this.#pauseSettled(paused, confirmed),
      refused,
    });
    this.#revocation = new PendingSetting(clock, random, {
      invoke: () => link.invoke("RevokeConsent"),
      settled: (_, confirmed) => confirmed && events.deleted(),
      refused,
    });
    this.#brief = new PendingSetting<CallBrief>(clock, random, {
      invoke: (brief) => link.invoke("UpdateBrief", brief),
      settled: (brief, confirmed) => this.#briefSettled(brief, confirmed),
      refused,
    });
  }

  /** Whether the call is off the record, by the rep's last word. */
  get paused(): boolean {
    return this.#revoking || this.#pause.or(this.#state.view.status.paused);
  }

  /** The call with what the gateway has yet to confirm. */
  get view(): CallView {
    const view = this.#state.view;
    const [brief, paused] = [this.#brief.or(view.brief), this.paused];
    return brief === view.brief && paused === view.status.paused ? view : { ...view, brief, status: { ...view.status, paused } };
  }

  /** What the next connection starts with. */
  get request(): StartCallRequest {
    return this.#state.request(this.#brief.or(this.#state.brief));
  }

  /** Off the record: what was begun is forgotten. The gateway is told after the finals that were said before. */
  pause(): void {
    this.transcript.forget();
    this.audio.forget();
    this.#pause.want(true);
    this.#askPause();
  }

  resume(): void {
    this.#pause.want(false);
    this.#askResume();
  }

  updateBrief(brief: CallBrief): void {
    this.#brief.want(brief);
    this.#brief.ask();
  }

  /** Nothing leaves any more; the gateway is told until it has deleted the call. */
  revoke(): void {
    this.#state.consent = null;
    this.transcript.forget();
    this.transcript.queue.close();
    this.audio.close();
    this.#revocation.want(true);
    this.#revocation.ask();
  }

  /** Ends open turns, and the call after the finals that wait. Rejects where the gateway does not answer. */
  end(): Promise<void> {
    this.transcript.flush();
    return new Promise((ended, failed) => this.transcript.queue.whenLeft(() => this.#link.invoke("EndCall").then(ended, failed)));
  }

  /**
   * A connection is open. The brief goes first, since it counts from the next suggestion. Finals were said on the record: they go after the
   * end of a pause, before the beginning of one, and wait while the call is off the record.
   * @param anew It is a new call, which is off the record if the call before it was.
   * @param wasPaused The call was off the record when the connection was lost.
   */
  open(anew: boolean, wasPaused: boolean): void {
    if (this.#revoking) return this.#revocation.ask();
    if (anew) {
      this.audio.forget();
      if (this.#pause.or(wasPaused)) this.#pause.want(true);
    }
    this.#brief.ask();
    if (this.#resumeWanted) this.#askResume();
    this.transcript.queue.open(this.#state.view.status.paused && !this.#resumeWanted);
    this.feedback.resend();
    this.audio.send();
    if (this.#pauseWanted) this.#askPause();
  }

  /** The connection is gone: what must not be lost waits. */
  hold(): void {
    this.transcript.queue.close();
    this.audio.hold();
  }

  /** Stops for good. */
  close(): void {
    this.transcript.close();
    this.audio.close();
    this.feedback.close();
    this.#pause.close();
    this.#brief.close();
    this.#revocation.close();
  }

  get #revoking(): boolean {
    return this.#revocation.or(false);
  }

  get #pauseWanted(): boolean {
    return this.#pause.or(false);
  }

  get #resumeWanted(): boolean {
    return !this.#pause.or(true);
  }

  #askResume(): void {
    this.#pause.ask();
    this.transcript.queue.setOffTheRecord(false);
  }

  #askPause(): void {
    this.transcript.queue.whenLeft(() => {
      this.#pause.ask();
      this.transcript.queue.setOffTheRecord(this.paused);
    });
  }

  #pauseSettled(paused: boolean, confirmed: boolean): void {
    if (confirmed) this.#state.setPaused(paused);
    else this.transcript.queue.setOffTheRecord(this.paused);
    this.#events.changed();
  }

  #briefSettled(brief: CallBrief, confirmed: boolean): void {
    if (confirmed) this.#state.setBrief(brief);
    this.#events.changed();
  }
}
