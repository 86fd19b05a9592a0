import { systemClock, type Clock } from "../time/clock.js";

/** What a gateway tells its own page about sign-in. */
export interface SignedIn {
  /** Whether people sign in there; false is development mode. */
  readonly required: boolean;
  /** Who is signed in; null where nobody is, or the provider gives no name. */
  readonly name: string | null;
  readonly role: "rep" | "lead" | "admin" | null;
}

/** Why the gateway gave no ticket, in words for the rep. */
export class SignInError extends Error {}

/** Gets an access token that is still valid for a while; null where the gateway is in development mode, in which nobody signs in. */
export type AccessToken = () => string | null | Promise<string | null>;

interface SocketTicket {
  readonly ticket: string;
  /** When the sign-in behind it ends, from now; null for never. */
  readonly expiresInMs: number | null;
}

/** Below this, a page's sign-in is about to end; an access token has no page that somebody could sign in at. */
const endsSoonMs = 10 * 60_000;
const renewAt = 0.8;
const renewAtLeastMs = 1000;

/**
 * Signs sockets in to a gateway: each connection gets a ticket, and a new one before its sign-in ends. By an access token, or, on a page of the
 * gateway's own, by the page's cookie.
 */
export class SignIn {
  readonly #root: string;
  readonly #accessToken: AccessToken | undefined;
  readonly #clock: Clock;
  #page: Promise<SignedIn> | null = null;
  #endsSoon = false;
  #listeners = new Set<() => void>();

  /** @param gateway The gateway's address; a page of its own is at it, or below it. */
  constructor(gateway: string, accessToken?: AccessToken, clock: Clock = systemClock) {
    [this.#root, this.#accessToken, this.#clock] = [gateway.replace(/\/$/, ""), accessToken, clock];
  }

  /** The page's sign-in ends soon or has ended: somebody must sign in again. */
  get endsSoon(): boolean {
    return this.#endsSoon;
  }

  /** Where somebody signs in again, in a tab of its own. */
  get againAddress(): string {
    return `${this.#root}/sign-in/again`;
  }

  get outAddress(): string {
    return `${this.#root}/sign-in/out`;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Who is signed in on the gateway's own page. */
  page(): Promise<SignedIn> {
    this.#page ??= fetch(`${this.#root}/sign-in/me`, { cache: "no-store" })
      .then((answer) => {
        if (!answer.ok) throw new SignInError(`The gateway answered ${answer.status}.`);
        return answer.json() as Promise<SignedIn>;
      })
      .catch((error: unknown) => {
        this.#page = null;
        throw error;
      });
    return this.#page;
  }

  /** What to send with a request that a call's resume token would allow without sign-in. */
  async authorization(resumeToken: string): Promise<string> {
    return `Bearer ${(await this.#accessToken?.()) ?? resumeToken}`;
  }

  /** Gives each connection its ticket; `renew` is asked to hand in later ones until the returned function is called. */
  connection(renew: (ticket: string) => Promise<unknown>): { readonly ticket: () => Promise<string>; readonly close: () => void } {
    let cancel = () => {};
    let closed = false;
    const plan = (expiresInMs: number | null) => {
      if (expiresInMs === null || closed) return;
      const wait = Math.max(renewAtLeastMs, expiresInMs * renewAt);
      cancel = this.#clock.after(wait, () => {
        this.#ask()
          .then(async (next) => {
            if (closed || !next) return;
            await renew(next.ticket);
            plan(next.expiresInMs);
          })
          .catch(() => plan(expiresInMs - wait));
      });
    };
    return {
      ticket: async () => {
        const first = await this.#ask();
        if (first) plan(first.expiresInMs);
        return first?.ticket ?? "";
      },
      close: () => {
        closed = true;
        cancel();
      },
    };
  }

  /** @returns A ticket; null where nobody signs in. */
  async #ask(): Promise<SocketTicket | null> {
    const accessToken = await this.#accessToken?.();
    if (this.#accessToken ? accessToken === null : !(await this.page()).required) return null;
    const answer = await fetch(`${this.#root}/sign-in/ticket`, {
      method: "POST",
      cache: "no-store",
      ...(this.#accessToken && { headers: { Authorization: `Bearer ${accessToken}` } }),
    });
    if (answer.status === 401) this.#tell(true);
    if (!answer.ok) throw new SignInError(refusals[answer.status] ?? `The gateway gave no ticket; it answered ${answer.status}.`);
    const ticket = (await answer.json()) as SocketTicket;
    this.#tell(ticket.expiresInMs !== null && ticket.expiresInMs < endsSoonMs);
    return ticket;
  }

  #tell(endsSoon: boolean): void {
    const changed = !this.#accessToken && endsSoon !== this.#endsSoon;
    this.#endsSoon = !this.#accessToken && endsSoon;
    if (changed) for (const listener of this.#listeners) listener();
  }
}

const refusals: Record<number, string> = {
  401: "You are not signed in to the gateway any more. Sign in again.",
  403: "The gateway does not let you in: you have no role there, or this page's origin is not one of its Gateway:AllowedOrigins.",
};
