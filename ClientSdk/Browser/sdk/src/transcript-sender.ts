import { LinkLost, type CallLink } from "./call-link.js";
import type { Clock } from "./clock.js";
import type { TranscriptSegment } from "./messages.js";
import { Outbox } from "./outbox.js";
import { readRefusal } from "./refusal.js";
import { retryDelay } from "./retry-delay.js";
import { TurnDebounce } from "./turn-taking/turn-debounce.js";

/** What a sender tells its owner. */
export interface SenderEvents {
  /** A final is on its way, for the first time or again. */
  finalSent(segment: TranscriptSegment): void;
  /** The hub refused a segment, in its own words. */
  refused(message: string): void;
  changed(): void;
}

/** A connection may invoke 40 times at once and 25 times a second; half of that leaves room for the rest. */
const resendBurst = 20;
const resendEveryMs = 1000;

/** Words on their way to the hub: level 1 judges turn ends, finals are kept until acknowledged, and sent again after a reconnect or a refusal that will pass. */
export class TranscriptSender {
  readonly #link: CallLink;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #language: string | undefined;
  readonly #events: SenderEvents;
  readonly #outbox = new Outbox();
  /** Those of the outbox that the hub could not take just then. */
  readonly #refused = new Set<TranscriptSegment>();
  #debounce: TurnDebounce;
  #dropped = 0;
  #resending = false;
  #cancelTurnTimer = () => {};
  #cancelResend = () => {};
  #retryPlanned = false;
  #retries = 0;
  #cancelRetry = () => {};

  constructor(link: CallLink, clock: Clock, random: () => number, language: string | undefined, events: SenderEvents) {
    this.#link = link;
    this.#clock = clock;
    this.#random = random;
    this.#language = language;
    this.#events = events;
    this.#debounce = new TurnDebounce(language);
  }

  /** Finals not acknowledged yet. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** Segments given up: interims while disconnected, what was {@link drop}ped, finals beyond what waits. */
  get dropped(): number {
    return this.#dropped + this.#outbox.lost;
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

  /** The connection is back: finals go again in their order and within the rate limit; what is said meanwhile queues behind. */
  resend(): void {
    const sent = new Set<TranscriptSegment>();
    const burst = () => {
      const waiting = this.#outbox.waiting.filter((segment) => !sent.has(segment));
      for (const segment of waiting.slice(0, resendBurst)) {
        sent.add(segment);
        this.#deliver(segment);
      }
      this.#resending = waiting.length > resendBurst;
      this.#cancelResend = this.#resending ? this.#clock.after(resendEveryMs, burst) : () => {};
    };
    burst();
  }

  /** The connection is gone: finals wait. */
  hold(): void {
    this.#cancelResend();
    this.#resending = false;
    this.#cancelRetry();
    this.#retryPlanned = false;
    this.#retries = 0;
    this.#refused.clear();
  }

  /** Stops for good. */
  close(): void {
    this.#cancelTurnTimer();
    this.hold();
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
    if (this.#link.open && !(segment.final && this.#resending)) this.#deliver(segment);
    else if (!segment.final) this.#dropped++;
    this.#events.changed();
  }

  #deliver(segment: TranscriptSegment): void {
    if (segment.final) this.#events.finalSent(segment);
    this.#link.invoke("SendTranscript", segment).then(
      () => {
        this.#retries = 0;
        this.#settle(segment);
      },
      (error: unknown) => {
        if (error instanceof LinkLost) return;
        const { message, mayRetry } = readRefusal(error);
        if (mayRetry && segment.final) this.#keepForRetry(segment);
        else this.#settle(segment);
        this.#events.refused(message);
      },
    );
  }

  #keepForRetry(segment: TranscriptSegment): void {
    // A newer form of the segment may have taken its place.
    if (!this.#outbox.waiting.includes(segment)) return;
    this.#refused.add(segment);
    if (!this.#retryPlanned) this.#planRetry(retryDelay(++this.#retries, this.#random()));
  }

  #planRetry(ms: number): void {
    this.#retryPlanned = true;
    this.#cancelRetry = this.#clock.after(ms, () => {
      this.#retryPlanned = false;
      // What is said meanwhile does not wait for these, since it may be answered live.
      for (const segment of this.#outbox.waiting.filter((each) => this.#refused.has(each)).slice(0, resendBurst)) {
        this.#refused.delete(segment);
        this.#deliver(segment);
      }
      // Those that left the outbox meanwhile are nobody's any more.
      const left = this.#outbox.waiting.filter((each) => this.#refused.has(each));
      this.#refused.clear();
      for (const segment of left) this.#refused.add(segment);
      if (left.length > 0) this.#planRetry(resendEveryMs);
    });
  }

  #settle(segment: TranscriptSegment): void {
    if (this.#outbox.settle(segment)) this.#events.changed();
  }
}
