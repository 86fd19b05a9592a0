import type { Clock } from "./clock.js";
import type { AudioStream, HubConnection } from "./hub-connection.js";
import type { CallEvent, CallHub, StartCallReply, StartCallRequest } from "./messages.js";
import { retryDelay } from "./retry-delay.js";

/** What a link tells its owner. */
export interface LinkEvents {
  /** What to start with: a new call, or the one to resume. Asked at every attempt. */
  request(): StartCallRequest;
  opened(reply: StartCallReply): void;
  received(event: CallEvent): void;
  /** The connection was lost or could not be made; the link keeps trying. */
  lost(): void;
  /** An attempt to connect failed. */
  failed(error: unknown): void;
}

/** How long one attempt to connect and start may take, in milliseconds. */
const attemptMs = 8000;

/** Keeps one connection to the hub: connects, starts the call, and does so again for ever until it is closed. */
export class CallLink {
  readonly #connect: () => HubConnection;
  readonly #events: LinkEvents;
  readonly #clock: Clock;
  readonly #random: () => number;
  #connection: HubConnection | null = null;
  #open = false;
  #attempt = 0;
  #cancelTimer = () => {};

  constructor(connect: () => HubConnection, events: LinkEvents, clock: Clock, random: () => number) {
    this.#connect = connect;
    this.#events = events;
    this.#clock = clock;
    this.#random = random;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Connects at once, also when a later attempt is planned. */
  start(): void {
    if (this.#connection) return;
    this.#attempt = 0;
    this.#dial();
  }

  /** Lets go of the connection and stays away. */
  close(): void {
    this.#cancelTimer();
    this.#drop();
  }

  /** Calls a method of the hub. Rejects with a {@link LinkLost} when the answer cannot come any more. */
  async invoke<Method extends keyof CallHub>(method: Method, ...args: Parameters<CallHub[Method]>): Promise<ReturnType<CallHub[Method]>> {
    const connection = this.#connection;
    if (!connection || !this.#open) throw new LinkLost();
    try {
      return await connection.invoke(method, ...args);
    } catch (error) {
      throw connection === this.#connection ? error : new LinkLost();
    }
  }

  /** Opens the stream of voices; null without a connection. */
  openAudio(): AudioStream | null {
    return this.#connection && this.#open ? this.#connection.sendAudio() : null;
  }

  #dial(): void {
    this.#cancelTimer();
    const connection = this.#connect();
    this.#connection = connection;
    const mine = () => connection === this.#connection;

    // Events may overtake the reply to StartCall, which says where their numbers begin.
    const early: CallEvent[] = [];
    connection.on("Receive", (event) => {
      if (!mine()) return;
      if (this.#open) this.#events.received(event);
      else early.push(event);
    });
    connection.onclose(() => mine() && this.#retry());
    this.#cancelTimer = this.#clock.after(attemptMs, () => mine() && this.#retry());

    void (async () => {
      try {
        await connection.start();
        if (!mine()) return;
        const reply = await connection.invoke("StartCall", this.#events.request());
        if (!mine()) return;
        this.#cancelTimer();
        this.#open = true;
        this.#attempt = 0;
        this.#events.opened(reply);
        for (const event of early) if (mine()) this.#events.received(event);
      } catch (error) {
        if (!mine()) return;
        this.#retry();
        this.#events.failed(error);
      }
    })();
  }

  #retry(): void {
    this.#drop();
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(retryDelay(this.#attempt++, this.#random()), () => this.#dial());
    this.#events.lost();
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#open = false;
    connection?.stop().catch(() => {});
  }
}

/** The connection went away before the hub could answer. */
export class LinkLost extends Error {
  constructor() {
    super("The connection was lost.");
  }
}
