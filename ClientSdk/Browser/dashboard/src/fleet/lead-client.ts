import { type buildConnection, HubLink, readRefusal, systemClock } from "@teleprompter/sdk";
import { follow, type Fleet } from "./fleet.js";
import type { CallSight, FleetView, LineReceipt } from "./messages.js";

export type Phase = "connecting" | "open" | "reconnecting";

type LeadConnection = ReturnType<typeof buildConnection>;

/** The dashboard's connection: comes back by itself, for ever, and is whole again when it does. */
export class LeadClient {
  readonly #link: HubLink<LeadConnection, FleetView, FleetView>;
  readonly #listeners = new Set<() => void>();
  /** Views that came while a whole one was asked for after a gap; null while none is. */
  #early: FleetView[] | null = null;

  fleet: Fleet | null = null;
  phase: Phase = "connecting";
  /** Changes with every connection: who watches a call begins again. */
  generation = 0;

  constructor(connect: () => LeadConnection, clock = systemClock, random = Math.random) {
    this.#link = new HubLink(connect, {
      begin: (connection) => connection.invoke<FleetView>("Watch"),
      opened: (whole) => this.#opened(whole),
      received: (view) => this.#received(view),
      lost: () => this.#lost(),
      failed: () => {},
    }, clock, random);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#link.start();
  }

  /** Watches a call until it is over or the watch is ended. */
  watchCall(callId: string, seen: (sight: CallSight) => void, ended: (error: Error | null) => void): () => void {
    const watcher = { next: seen, complete: () => ended(null), error: ended };
    const subscription = this.#link.connection?.stream<CallSight>("WatchCall", callId).subscribe(watcher);
    return () => subscription?.dispose();
  }

  /** Sends a line; rejects in plain words. */
  async sendLine(callId: string, text: string): Promise<LineReceipt> {
    if (!this.#link.open) throw new Error("Not connected. The line was not sent.");
    try {
      return await this.#link.ask((connection) => connection.invoke<LineReceipt>("SendLine", callId, text));
    } catch (error) {
      throw new Error(readRefusal(error).message);
    }
  }

  #opened(whole: FleetView): void {
    this.#early = null;
    this.phase = "open";
    this.generation++;
    this.#show(follow(null, whole));
  }

  #received(view: FleetView): void {
    if (this.#early) {
      this.#early.push(view);
      return;
    }
    const next = follow(this.fleet, view);
    if (next) this.#show(next);
    else void this.#askWhole();
  }

  /** After a gap: the whole view, and what came while it was on its way. */
  async #askWhole(): Promise<void> {
    const early: FleetView[] = (this.#early = []);
    const whole = await this.#link.ask((connection) => connection.invoke<FleetView>("Watch")).catch(() => null);
    if (this.#early !== early) return;
    this.#early = null;
    if (whole) this.#show(early.reduce((fleet, view) => follow(fleet, view) ?? fleet, follow(null, whole)));
  }

  #show(fleet: Fleet | null): void {
    if (!fleet || fleet === this.fleet) return;
    this.fleet = fleet;
    this.#changed();
  }

  #lost(): void {
    if (this.phase === "open") this.phase = "reconnecting";
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
