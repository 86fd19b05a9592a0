import { LinkLost } from "../connection/hub-link.js";
import type { CallLink } from "./call-link.js";
import type { Clock } from "../time/clock.js";
import type { SuggestionFeedback } from "../wire/messages.js";
import { readRefusal } from "../wire/refusal.js";
import { retryDelay } from "../time/retry-delay.js";

/** How much feedback waits; beyond that the oldest is given up. */
const capacity = 50;

/**
 * What the rep did with suggestions, on its way to the hub one after the other: kept until it is stored, sent again after a reconnect or a
 * refusal that will pass.
 */
export class FeedbackSender {
  readonly #link: CallLink;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #refused: (message: string) => void;
  #waiting: readonly SuggestionFeedback[] = [];
  #sending = false;
  #lost = 0;
  #retries = 0;
  #cancelRetry = () => {};

  /** @param refused Told why the hub refused, in its own words. */
  constructor(link: CallLink, clock: Clock, random: () => number, refused: (message: string) => void) {
    this.#link = link;
    this.#clock = clock;
    this.#random = random;
    this.#refused = refused;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get lost(): number {
    return this.#lost;
  }

  send(feedback: SuggestionFeedback): void {
    const all = [...this.#waiting, feedback];
    this.#waiting = all.slice(-capacity);
    this.#lost += all.length - this.#waiting.length;
    this.resend();
  }

  /** Sends what waits, if there is a connection. */
  resend(): void {
    const next = this.#waiting[0];
    if (this.#sending || !next || !this.#link.open) return;
    this.#sending = true;
    this.#link.invoke("SendFeedback", next).then(() => this.#settle(next), (error: unknown) => this.#failed(next, error));
  }

  /** Stops for good. */
  close(): void {
    this.#cancelRetry();
  }

  #settle(feedback: SuggestionFeedback): void {
    this.#waiting = this.#waiting.filter((each) => each !== feedback);
    this.#retries = 0;
    this.#sending = false;
    this.resend();
  }

  #failed(feedback: SuggestionFeedback, error: unknown): void {
    // Where the connection is back already, nobody else asks again.
    if (error instanceof LinkLost) return this.#again();
    const { message, mayRetry } = readRefusal(error);
    if (mayRetry) this.#cancelRetry = this.#clock.after(retryDelay(++this.#retries, this.#random()), () => this.#again());
    else this.#settle(feedback);
    this.#refused(message);
  }

  #again(): void {
    this.#sending = false;
    this.resend();
  }
}
