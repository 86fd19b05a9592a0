import type { Clock } from "../time/clock.js";
import type { TranscriptSegment } from "../wire/messages.js";
import type { Outbox } from "./outbox.js";
import { retryDelay } from "../time/retry-delay.js";

/** A connection may invoke 40 times at once and 25 times a second; half of that leaves room for the rest. */
const burst = 20;
const burstEveryMs = 1000;

/**
 * Finals of the outbox that must go, in bursts within the rate limit: those that have not left over this connection yet, and those that the
 * gateway could not take just then. Nothing goes while the call is off the record at the gateway, which would refuse it.
 */
export class ResendQueue {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #outbox: Outbox;
  readonly #deliver: (segment: TranscriptSegment) => void;
  readonly #unsent = new Set<TranscriptSegment>();
  readonly #refused = new Set<TranscriptSegment>();
  #whenLeft: (() => void)[] = [];
  #withheld = false;
  #planned = false;
  #retries = 0;
  #cancelTimer = () => {};

  constructor(clock: Clock, random: () => number, outbox: Outbox, deliver: (segment: TranscriptSegment) => void) {
    [this.#clock, this.#random, this.#outbox, this.#deliver] = [clock, random, outbox, deliver];
  }

  /** Runs an action once every final that waited for the connection has left; at once where none waits, or none may go. */
  whenLeft(action: () => void): void {
    this.#whenLeft.push(action);
    this.#tellLeft();
  }

  /**
   * A connection is open.
   * @param offTheRecord The gateway has the call off the record.
   */
  open(offTheRecord: boolean): void {
    for (const segment of this.#outbox.waiting) this.#unsent.add(segment);
    this.#withheld = offTheRecord;
    this.#sendSome();
  }

  /** The gateway has been told whether the call is off the record. */
  setOffTheRecord(off: boolean): void {
    const released = this.#withheld && !off;
    this.#withheld = off;
    if (released) this.#sendSome();
  }

  /** Queues a new final behind those that have not left yet; false where there are none, so that it may go at once. */
  tryQueue(segment: TranscriptSegment): boolean {
    if (this.#unsent.size === 0) return false;
    this.#unsent.add(segment);
    return true;
  }

  /** The gateway could not take a final just then. What is said meanwhile does not wait for it, since it may be answered live. */
  refuse(segment: TranscriptSegment): void {
    this.#refused.add(segment);
    if (!this.#planned) this.#plan(retryDelay(++this.#retries, this.#random()));
  }

  /** The gateway takes finals: the waits begin anew. */
  accept(): void {
    this.#retries = 0;
  }

  /** The connection is gone: everything goes by way of the next one. */
  close(): void {
    this.#plan(null);
    this.#retries = 0;
    this.#unsent.clear();
    this.#refused.clear();
    this.#tellLeft();
  }

  #sendSome(): void {
    this.#plan(null);
    if (!this.#withheld) {
      const waiting = this.#outbox.waiting;
      const due = waiting.filter((each) => this.#unsent.has(each) || this.#refused.has(each));
      for (const segment of due.slice(0, burst)) {
        this.#unsent.delete(segment);
        this.#refused.delete(segment);
        this.#deliver(segment);
      }
      for (const each of [this.#unsent, this.#refused]) for (const segment of each) if (!this.#outbox.holds(segment)) each.delete(segment);
      if (this.#unsent.size + this.#refused.size > 0) this.#plan(burstEveryMs);
    }
    this.#tellLeft();
  }

  #plan(ms: number | null): void {
    this.#cancelTimer();
    this.#planned = ms !== null;
    this.#cancelTimer = ms === null ? () => {} : this.#clock.after(ms, () => this.#sendSome());
  }

  #tellLeft(): void {
    if (this.#unsent.size > 0 && !this.#withheld) return;
    const told = this.#whenLeft;
    this.#whenLeft = [];
    for (const each of told) each();
  }
}
