import { SignInError } from "@teleprompter/sdk";
import type { Client } from "./provider.js";

/** What the provider gave. */
export interface Tokens {
  readonly accessToken: string;
  /** Null where the provider gives none. */
  readonly refreshToken: string | null;
  /** In milliseconds of `Date.now()`. */
  readonly expiresAt: number;
  readonly lifetimeMs: number;
}

/** The provider wants to see a person. */
export class PersonNeeded extends SignInError {
  constructor() {
    super("You are not signed in. Choose Sign in.");
  }
}

/** Of a provider that does not say how long its tokens are valid. */
const lifetimeUnsaidS = 300;
/** Within the 8 s that the SDK gives one attempt to connect. */
const silentTimeoutMs = 6000;
const personCodes = ["login_required", "interaction_required", "consent_required", "account_selection_required"];

/**
 * Gets tokens by the authorization code flow with PKCE (RFC 7636).
 * @param silently Shows no window: the provider knows who signed in before, or a {@link PersonNeeded} is thrown.
 */
export async function authorize(client: Client, silently: boolean): Promise<Tokens> {
  const redirect = chrome.identity.getRedirectURL();
  const [verifier, state] = [randomText(), randomText()];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const request = new URL(client.authorizationEndpoint);
  const parameters = {
    response_type: "code", client_id: client.clientId, redirect_uri: redirect, scope: client.scope, state,
    code_challenge: base64Url(new Uint8Array(digest)), code_challenge_method: "S256", ...(silently && { prompt: "none" }),
  };
  for (const [name, value] of Object.entries(parameters)) request.searchParams.set(name, value);
  const answer = new URL(await launch(request, silently)).searchParams;
  const error = answer.get("error");
  if (error && personCodes.includes(error)) throw new PersonNeeded();
  if (error) throw new SignInError(`Your company's sign-in refused: ${answer.get("error_description") ?? error}`);
  const code = answer.get("code");
  const issuer = answer.get("iss");
  if (!code || answer.get("state") !== state || (issuer && issuer !== client.issuer)) throw new SignInError("What came back is no answer of your company's sign-in. Try again.");
  return ask(client, { grant_type: "authorization_code", code, redirect_uri: redirect, code_verifier: verifier });
}

/** Gets new tokens for a refresh token; throws a {@link PersonNeeded} where it is not valid any more. */
export async function refresh(client: Client, refreshToken: string): Promise<Tokens> {
  const tokens = await ask(client, { grant_type: "refresh_token", refresh_token: refreshToken });
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/** Gives a refresh token back (RFC 7009), as well as it goes. */
export async function revoke(client: Client, refreshToken: string): Promise<void> {
  if (!client.revocationEndpoint) return;
  const body = new URLSearchParams({ client_id: client.clientId, token: refreshToken, token_type_hint: "refresh_token" });
  await fetch(client.revocationEndpoint, { method: "POST", body }).catch(() => {});
}

async function launch(request: URL, silently: boolean): Promise<string> {
  // A provider's page may need its script to find out who signed in before.
  const quiet = { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: silentTimeoutMs };
  try {
    const answer = await chrome.identity.launchWebAuthFlow({ url: request.href, interactive: !silently, ...(silently && quiet) });
    if (answer) return answer;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (silently && /interaction/i.test(message)) throw new PersonNeeded();
    if (!/approve|cancel/i.test(message)) throw new SignInError(`Your company's sign-in could not be shown: ${message}`);
  }
  throw new SignInError("The sign-in was not finished.");
}

async function ask(client: Client, form: Record<string, string>): Promise<Tokens> {
  const body = new URLSearchParams({ client_id: client.clientId, ...form });
  const answer = await fetch(client.tokenEndpoint, { method: "POST", body, cache: "no-store" }).catch(() => {
    throw new SignInError(`Your company's sign-in does not answer this extension. It must allow requests of ${location.origin} at its token endpoint.`);
  });
  const { access_token, refresh_token, expires_in, error, error_description } = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (error === "invalid_grant" && form["grant_type"] === "refresh_token") throw new PersonNeeded();
  if (!answer.ok || typeof access_token !== "string") throw new SignInError(`Your company's sign-in gave no token: ${String(error_description ?? error ?? answer.status)}`);
  const lifetimeMs = 1000 * (Number(expires_in) || lifetimeUnsaidS);
  return { accessToken: access_token, refreshToken: typeof refresh_token === "string" ? refresh_token : null, expiresAt: Date.now() + lifetimeMs, lifetimeMs };
}

const randomText = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

const base64Url = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
