import { LinkLost } from "../connection/hub-link.js";
import type { CallLink } from "./call-link.js";
import type { Clock } from "../time/clock.js";
import type { TranscriptSegment } from "../wire/messages.js";
import { Outbox } from "./outbox.js";
import { readRefusal } from "../wire/refusal.js";
import { ResendQueue } from "./resend-queue.js";
import { TurnDebounce } from "../turn-taking/turn-debounce.js";

/** What a sender tells its owner. */
export interface SenderEvents {
  /** A final is on its way, for the first time or again. */
  finalSent(segment: TranscriptSegment): void;
  /** The hub refused a segment, in its own words. */
  refused(message: string): void;
  changed(): void;
}

/**
 * Words on their way to the gateway: level 1 judges turn ends, finals are kept until acknowledged and sent again after a reconnect or a
 * refusal that will pass.
 */
export class TranscriptSender {
  readonly #link: CallLink;
  readonly #clock: Clock;
  #language: string | undefined;
  readonly #events: SenderEvents;
  readonly #outbox = new Outbox();
  /** The finals that must go again. */
  readonly queue: ResendQueue;
  #debounce: TurnDebounce;
  #dropped = 0;
  #cancelTurnTimer = () => {};

  constructor(link: CallLink, clock: Clock, random: () => number, language: string | undefined, events: SenderEvents) {
    [this.#link, this.#clock, this.#language, this.#events] = [link, clock, language, events];
    this.#debounce = new TurnDebounce(language);
    this.queue = new ResendQueue(clock, random, this.#outbox, (segment) => this.#deliver(segment));
  }

  /** Finals not acknowledged yet. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** Segments given up: interims while disconnected, what was {@link drop}ped, finals beyond what waits. */
  get dropped(): number {
    return this.#dropped + this.#outbox.lost;
  }

  /** The language by which turns are judged from now on. */
  judge(language: string): void {
    this.#language = language;
    this.#debounce.language = language;
  }

  hear(segment: TranscriptSegment): void {
    this.#sendAll(this.#debounce.hear(segment, this.#clock.now()));
  }

  /** Counts a segment that must not be sent. */
  drop(): void {
    this.#dropped++;
  }

  /** Ends the turns that are open. */
  flush(): void {
    this.#sendAll(this.#debounce.flush(this.#clock.now()));
  }

  /** Forgets what was begun: it goes off the record. */
  forget(): void {
    this.#cancelTurnTimer();
    this.#debounce = new TurnDebounce(this.#language);
  }

  /** Stops for good. */
  close(): void {
    this.#cancelTurnTimer();
    this.queue.close();
  }

  #sendAll(segments: readonly TranscriptSegment[]): void {
    for (const segment of segments) this.#send(segment);
    this.#cancelTurnTimer();
    const due = this.#debounce.due;
    if (due === null) return;
    this.#cancelTurnTimer = this.#clock.after(Math.max(0, due - this.#clock.now()), () =>
      this.#sendAll(this.#debounce.elapse(this.#clock.now())));
  }

  #send(segment: TranscriptSegment): void {
    if (segment.final) this.#outbox.add(segment);
    if (!this.#link.open) this.#dropped += segment.final ? 0 : 1;
    else if (!segment.final || !this.queue.tryQueue(segment)) this.#deliver(segment);
    this.#events.changed();
  }

  #deliver(segment: TranscriptSegment): void {
    if (segment.final) this.#events.finalSent(segment);
    this.#link.invoke("SendTranscript", segment).then(
      () => {
        this.queue.accept();
        this.#settle(segment);
      },
      (error: unknown) => {
        // A final is sent again over the next connection.
        if (error instanceof LinkLost) return;
        const { message, mayRetry } = readRefusal(error);
        if (!mayRetry) this.#settle(segment);
        else if (this.#outbox.holds(segment)) this.queue.refuse(segment);
        this.#events.refused(message);
      },
    );
  }

  #settle(segment: TranscriptSegment): void {
    if (!this.#outbox.holds(segment)) return;
    this.#outbox.settle(segment);
    this.#events.changed();
  }
}
