import type { Clock } from "../time/clock.js";
import { retryDelay } from "../time/retry-delay.js";

/** The part of a SignalR connection that a link needs. */
export interface Connection<Message> {
  start(): Promise<void>;
  stop(): Promise<void>;
  on(method: "Receive", handler: (message: Message) => void): void;
  onclose(handler: (error?: Error) => void): void;
}

/** What a link tells its owner. */
export interface LinkEvents<Hub, Message, Reply> {
  /** The first request of every connection. */
  begin(connection: Hub): Promise<Reply>;
  opened(reply: Reply): void;
  received(message: Message): void;
  /** The connection was lost or could not be made; the link keeps trying. */
  lost(): void;
  /** An attempt to connect failed. */
  failed(error: unknown): void;
}

/** How long one attempt to connect and begin may take, in milliseconds. */
const attemptMs = 8000;

/** Keeps one connection to a hub: connects, begins, and does so again for ever until it is closed. */
export class HubLink<Hub extends Connection<Message>, Message, Reply> {
  readonly #connect: () => Hub;
  readonly #events: LinkEvents<Hub, Message, Reply>;
  readonly #clock: Clock;
  readonly #random: () => number;
  #connection: Hub | null = null;
  #open = false;
  #attempt = 0;
  #cancelTimer = () => {};

  constructor(connect: () => Hub, events: LinkEvents<Hub, Message, Reply>, clock: Clock, random: () => number) {
    [this.#connect, this.#events, this.#clock, this.#random] = [connect, events, clock, random];
  }

  get open(): boolean {
    return this.#open;
  }

  /** The connection, where it is open. */
  get connection(): Hub | null {
    return this.#open ? this.#connection : null;
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

  /** Asks the hub. Rejects with a {@link LinkLost} when the answer cannot come any more. */
  async ask<Answer>(question: (connection: Hub) => Promise<Answer>): Promise<Answer> {
    const connection = this.connection;
    if (!connection) throw new LinkLost();
    try {
      return await question(connection);
    } catch (error) {
      throw connection === this.#connection ? error : new LinkLost();
    }
  }

  #dial(): void {
    this.#cancelTimer();
    const connection = this.#connect();
    this.#connection = connection;
    const mine = () => connection === this.#connection;

    // Messages may overtake the reply, which says what they continue.
    const early: Message[] = [];
    connection.on("Receive", (message) => {
      if (!mine()) return;
      if (this.#open) this.#events.received(message);
      else early.push(message);
    });
    connection.onclose(() => mine() && this.#retry());
    this.#cancelTimer = this.#clock.after(attemptMs, () => mine() && this.#retry());

    void (async () => {
      try {
        await connection.start();
        if (!mine()) return;
        const reply = await this.#events.begin(connection);
        if (!mine()) return;
        this.#cancelTimer();
        this.#open = true;
        this.#attempt = 0;
        this.#events.opened(reply);
        for (const message of early) if (mine()) this.#events.received(message);
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
