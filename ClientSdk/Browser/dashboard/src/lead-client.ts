import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { follow, type Fleet } from "./fleet.js";
import type { CallSight, FleetView, LineReceipt } from "./messages.js";

export type Phase = "connecting" | "open" | "reconnecting";

const retryMs = [500, 1000, 2000, 5000];

/** The dashboard's connection: comes back by itself, for ever, and is whole again when it does. */
export class LeadClient {
  readonly #url: string;
  readonly #listeners = new Set<() => void>();
  #connection: HubConnection | null = null;
  #early: FleetView[] = [];
  #asking = false;
  #attempts = 0;

  fleet: Fleet | null = null;
  phase: Phase = "connecting";
  /** Changes with every connection: who watches a call begins again. */
  generation = 0;

  constructor(url = "/hubs/lead") {
    this.#url = url;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    void this.#connect();
  }

  /** Watches a call until it is over or the watch is ended. */
  watchCall(callId: string, seen: (sight: CallSight) => void, ended: (error: Error | null) => void): () => void {
    if (!this.#connection || this.phase !== "open") return () => {};
    const subscription = this.#connection.stream<CallSight>("WatchCall", callId).subscribe({ next: seen, complete: () => ended(null), error: ended });
    return () => subscription.dispose();
  }

  /** Sends a line; rejects in plain words. */
  async sendLine(callId: string, text: string): Promise<LineReceipt> {
    if (!this.#connection || this.phase !== "open") throw new Error("Not connected. The line was not sent.");
    try {
      return await this.#connection.invoke<LineReceipt>("SendLine", callId, text);
    } catch (error) {
      throw new Error(plain(error));
    }
  }

  async #connect(): Promise<void> {
    const connection = new HubConnectionBuilder()
      .withUrl(this.#url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .withKeepAliveInterval(1000)
      .withServerTimeout(4000)
      .configureLogging(LogLevel.None)
      .build();
    connection.on("Receive", (view: FleetView) => this.#received(view));
    connection.onclose(() => this.#lost());
    this.#connection = connection;
    try {
      await connection.start();
      this.#attempts = 0;
      this.generation++;
      this.phase = "open";
      await this.#whole();
    } catch {
      await connection.stop();
      this.#lost();
    }
  }

  #received(view: FleetView): void {
    if (this.#asking) {
      this.#early.push(view);
      return;
    }
    const next = follow(this.fleet, view);
    if (next) this.#show(next);
    else void this.#whole().catch(() => {});
  }

  /** The whole view, and what came while it was on its way. */
  async #whole(): Promise<void> {
    this.#asking = true;
    this.#early = [];
    try {
      const whole = await this.#connection!.invoke<FleetView>("Watch");
      this.#show(this.#early.reduce((fleet, view) => follow(fleet, view) ?? fleet, follow(null, whole)!));
    } finally {
      this.#asking = false;
    }
  }

  #show(fleet: Fleet): void {
    if (fleet === this.fleet) return;
    this.fleet = fleet;
    this.#changed();
  }

  #lost(): void {
    if (this.phase === "open") this.phase = "reconnecting";
    this.#changed();
    const waitMs = retryMs[Math.min(this.#attempts++, retryMs.length - 1)]! * (0.8 + Math.random() * 0.4);
    setTimeout(() => void this.#connect(), waitMs);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** SignalR puts words of its own before the gateway's. */
function plain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^.*HubException: /s, "").replace(/^retry: /, "");
}
