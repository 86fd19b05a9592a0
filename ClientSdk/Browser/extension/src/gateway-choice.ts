import { SignIn, signalRConnection, type HubConnection } from "@teleprompter/sdk";

const addressKey = "teleprompter.gateway";
const tokenKey = "teleprompter.accessToken";

/** Where the gateway runs, without a slash at the end. */
export function loadGateway(): string {
  return localStorage.getItem(addressKey) ?? "http://localhost:5080";
}

/** An access token of the company's sign-in provider; empty where nobody signs in. */
export function loadAccessToken(): string {
  return localStorage.getItem(tokenKey) ?? "";
}

/** @returns The address as it is kept. Throws a `TypeError` where it is none. */
export function saveGateway(address: string, accessToken: string): string {
  const { protocol, origin, pathname } = new URL(address.trim());
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError("A gateway's address begins with http:// or https://.");
  // A proxy may serve the gateway under a path of its own.
  const kept = origin + pathname.replace(/\/+$/, "");
  localStorage.setItem(addressKey, kept);
  localStorage.setItem(tokenKey, accessToken.trim());
  return kept;
}

/** Signs in to the gateway chosen; undefined where no token is set. */
export function signIn(): SignIn | undefined {
  return loadAccessToken() ? new SignIn(loadGateway(), loadAccessToken) : undefined;
}

/** A connection to the gateway chosen. */
export function connectToGateway(): HubConnection {
  return signalRConnection(`${loadGateway()}/hubs/call`, signIn());
}
