import { createHash } from "node:crypto";
import { vi } from "vitest";

export const gateway = "https://gateway.example";
export const redirect = "https://abc.chromiumapp.org/";

const provider = "https://login.example";
const metadata = {
  issuer: provider, authorizationEndpoint: `${provider}/authorize`, tokenEndpoint: `${provider}/token`, revocationEndpoint: `${provider}/revoke`,
  clientId: "extension", scope: "openid offline_access",
};

/** What of Chrome, the gateway and the provider the extension's sign-in uses. */
export class FakeBrowser {
  /** What the gateway tells of sign-in; null for no such gateway. */
  view: unknown = { required: true, client: metadata };
  /** Who signs in at the provider; null closes the window. */
  person: string | null = "Ann Rep";
  /** Whether the provider knows this browser, so that it shows nothing. */
  remembered = false;
  online = true;
  givesRefreshTokens = true;
  refreshValid = true;
  lifetimeS: number | undefined = 3600;
  /** Changes what comes back to the extension. */
  tamper = (_answer: URL) => {};
  readonly windows: URL[] = [];
  readonly silent: URL[] = [];
  readonly grants: string[] = [];
  readonly revoked: (string | null)[] = [];
  #challenge = "";
  #tokens = 0;

  constructor() {
    let locked: Promise<unknown> = Promise.resolve();
    vi.stubGlobal("navigator", { locks: { request: (_name: string, action: () => Promise<unknown>) => (locked = locked.then(action, action)) } });
    vi.stubGlobal("location", { origin: "chrome-extension://abc" });
    const local = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => local.get(key) ?? null, setItem: (key: string, value: string) => local.set(key, value), removeItem: (key: string) => local.delete(key),
    });
    vi.stubGlobal("fetch", (address: string, init?: RequestInit) => this.#fetch(address, init));
    this.restart();
  }

  /** The browser was closed and opened: what it had in memory is gone. */
  restart(): void {
    const session: Record<string, unknown> = {};
    const listeners: ((changes: Record<string, unknown>) => void)[] = [];
    const changed = (key: string) => listeners.forEach((listener) => listener({ [key]: {} }));
    vi.stubGlobal("chrome", {
      identity: { getRedirectURL: () => redirect, launchWebAuthFlow: (flow: { url: string; interactive: boolean }) => this.#launch(new URL(flow.url), flow.interactive) },
      storage: {
        session: {
          get: async (key: string) => ({ [key]: session[key] }),
          set: async (items: Record<string, unknown>) => { Object.assign(session, items); Object.keys(items).forEach(changed); },
          remove: async (key: string) => { delete session[key]; changed(key); },
          onChanged: { addListener: (listener: (changes: Record<string, unknown>) => void) => listeners.push(listener) },
        },
      },
    });
  }

  async #launch(request: URL, interactive: boolean): Promise<string> {
    (interactive ? this.windows : this.silent).push(request);
    if (interactive && this.person === null) throw new Error("The user did not approve access.");
    this.#challenge = request.searchParams.get("code_challenge") ?? "";
    const answer = new URL(redirect);
    answer.searchParams.set("state", request.searchParams.get("state") ?? "");
    if (!interactive && !this.remembered) answer.searchParams.set("error", "login_required");
    else answer.searchParams.set("code", "the-code");
    this.remembered ||= interactive;
    this.tamper(answer);
    return answer.href;
  }

  async #fetch(address: string, init?: RequestInit): Promise<Response> {
    if (!this.online || (this.view === null && address.startsWith(gateway))) throw new TypeError("Failed to fetch");
    const form = init?.body as URLSearchParams;
    if (address.endsWith("/sign-in/extension")) return Response.json(this.view);
    switch (address) {
      case `${gateway}/sign-in/me`: {
        const known = new Headers(init?.headers).get("Authorization")?.startsWith("Bearer access-");
        return Response.json({ required: true, name: known ? this.person : null, role: known ? "rep" : null });
      }
      case metadata.revocationEndpoint: return this.revoked.push(form.get("token")), new Response();
      case metadata.tokenEndpoint: return this.#token(form);
      default: return new Response(null, { status: 404 });
    }
  }

  #token(form: URLSearchParams): Response {
    const grant = form.get("grant_type") ?? "";
    const proven = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url") === this.#challenge;
    if (grant === "authorization_code" ? !proven || form.get("code") !== "the-code" : !this.refreshValid) return Response.json({ error: "invalid_grant" }, { status: 400 });
    this.grants.push(grant);
    const number = ++this.#tokens;
    return Response.json({ access_token: `access-${number}`, expires_in: this.lifetimeS, ...(this.givesRefreshTokens && { refresh_token: `refresh-${number}` }) });
  }
}
