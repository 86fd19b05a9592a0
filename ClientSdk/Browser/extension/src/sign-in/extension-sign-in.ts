import { SignInError, type SignedIn } from "@teleprompter/sdk";
import type { OwnSignIn } from "@teleprompter/side-panel";
import { authorize, PersonNeeded, refresh, revoke, type Tokens } from "./authorization-code.js";
import { readClient, type Client } from "./provider.js";
import { forgetTokens, loadTokens, onTokensChanged, saveTokens, signedInBefore } from "./token-store.js";

/** The SDK asks when four fifths of a token's time are over: what has less than this left is renewed. */
const renewBelow = 0.25;

/** Signs in to the gateway chosen, for all pages of the extension together: a refresh token may be good for one use. */
export class ExtensionSignIn implements OwnSignIn {
  readonly #gateway: () => string;
  readonly #listeners = new Set<() => void>();
  #client: { readonly gateway: string; readonly read: Promise<Client | null> } | null = null;
  /** The gateway that somebody must sign in to. */
  #neededAt: string | null = null;

  /** @param gateway Where the gateway chosen is now. */
  constructor(gateway: () => string) {
    this.#gateway = gateway;
    onTokensChanged(() => this.#tell(null));
  }

  get needed(): boolean {
    return this.#neededAt === this.#gateway();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An access token for the gateway; null where nobody signs in to it. */
  readonly accessToken = (): Promise<string | null> => alone(async () => {
    const client = await this.#readClient();
    if (!client) return null;
    const kept = await loadTokens(this.#gateway());
    const left = kept ? kept.expiresAt - Date.now() : 0;
    if (kept && left > kept.lifetimeMs * renewBelow) return kept.accessToken;
    try {
      if (this.needed) throw new PersonNeeded();
      const fresh = await this.#renew(client, kept);
      await saveTokens(this.#gateway(), fresh);
      return fresh.accessToken;
    } catch (error) {
      if (error instanceof PersonNeeded && !this.needed) this.#tell(this.#gateway());
      if (kept && left > 0) return kept.accessToken;
      throw error;
    }
  });

  async page(): Promise<SignedIn> {
    const accessToken = await this.accessToken();
    if (accessToken === null) return { required: false, name: null, role: null };
    const answer = await fetch(`${this.#gateway()}/sign-in/me`, { cache: "no-store", headers: { Authorization: `Bearer ${accessToken}` } });
    if (!answer.ok) throw new SignInError(`The gateway answered ${answer.status}.`);
    const page = (await answer.json()) as SignedIn;
    if (!page.name && !page.role && !this.needed) this.#tell(this.#gateway());
    return page;
  }

  async signIn(): Promise<void> {
    const gateway = this.#gateway();
    const client = await this.#readClient();
    if (client) await saveTokens(gateway, await authorize(client, false));
  }

  /** Forgets who signed in here. The provider may still know this browser. */
  async signOut(): Promise<void> {
    await alone(async () => {
      const kept = await loadTokens(this.#gateway());
      await forgetTokens();
      const client = kept?.refreshToken ? await this.#readClient() : null;
      if (client && kept?.refreshToken) await revoke(client, kept.refreshToken);
    });
  }

  async #renew(client: Client, kept: Tokens | null): Promise<Tokens> {
    if (!kept && !signedInBefore(this.#gateway())) throw new PersonNeeded();
    if (kept?.refreshToken) {
      try {
        return await refresh(client, kept.refreshToken);
      } catch (error) {
        if (!(error instanceof PersonNeeded)) throw error;
      }
    }
    return authorize(client, true);
  }

  #readClient(): Promise<Client | null> {
    const gateway = this.#gateway();
    if (this.#client?.gateway !== gateway) {
      const read = readClient(gateway);
      this.#client = { gateway, read };
      read.catch(() => (this.#client = null));
    }
    return this.#client.read;
  }

  #tell(neededAt: string | null): void {
    this.#neededAt = neededAt;
    for (const listener of this.#listeners) listener();
  }
}

const alone = <Result>(action: () => Promise<Result>): Promise<Result> => navigator.locks.request("teleprompter.sign-in", action) as Promise<Result>;
