import { LinkLost } from "../connection/hub-link.js";
import type { Clock } from "../time/clock.js";
import { readRefusal } from "../wire/refusal.js";
import { retryDelay } from "../time/retry-delay.js";

/** What a pending setting needs of its owner. */
export interface SettingEvents<T> {
  /** Asks the gateway for a value. */
  invoke(value: T): Promise<void>;
  /** The gateway has confirmed a value, or has refused it for good. */
  settled(value: T, confirmed: boolean): void;
  /** The gateway refused, in its own words. */
  refused(message: string): void;
}

interface Wish<T> {
  readonly value: T;
  refusals: number;
}

/**
 * A setting that the gateway keeps: the newest value that it has not confirmed yet. The client asks for it again after a reconnect and
 * after a refusal that will pass.
 */
export class PendingSetting<T> {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #events: SettingEvents<T>;
  #pending: Wish<T> | null = null;
  #cancelRetry = () => {};

  constructor(clock: Clock, random: () => number, events: SettingEvents<T>) {
    [this.#clock, this.#random, this.#events] = [clock, random, events];
  }

  /** The value that is pending, else the one that the gateway has. */
  or<Known>(known: Known): T | Known {
    return this.#pending ? this.#pending.value : known;
  }

  want(value: T): void {
    this.#pending = { value, refusals: 0 };
  }

  /** Asks for what is pending. */
  ask(): void {
    if (!this.#pending) return;
    this.#pending = { ...this.#pending, refusals: 0 };
    this.#ask(this.#pending);
  }

  /** Stops for good. */
  close(): void {
    this.#cancelRetry();
  }

  #ask(wish: Wish<T>): void {
    this.#cancelRetry();
    this.#events.invoke(wish.value).then(
      () => this.#settle(wish, true),
      (error: unknown) => {
        if (error instanceof LinkLost) return;
        const { message, mayRetry } = readRefusal(error);
        if (mayRetry) this.#askLater(wish);
        else this.#settle(wish, false);
        this.#events.refused(message);
      },
    );
  }

  #askLater(wish: Wish<T>): void {
    if (this.#pending !== wish) return;
    this.#cancelRetry = this.#clock.after(retryDelay(++wish.refusals, this.#random()), () => this.#pending === wish && this.#ask(wish));
  }

  #settle(wish: Wish<T>, confirmed: boolean): void {
    if (this.#pending !== wish) return;
    this.#pending = null;
    this.#events.settled(wish.value, confirmed);
  }
}
