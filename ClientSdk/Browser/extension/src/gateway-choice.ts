import { signalRConnection, type HubConnection } from "@teleprompter/sdk";

const addressKey = "teleprompter.gateway";
const tokenKey = "teleprompter.accessToken";

/** Where the gateway runs, without a slash at the end. */
export function loadGateway(): string {
  return localStorage.getItem(addressKey) ?? "http://localhost:5080";
}

/** What a proxy before the gateway lets this extension in by; empty for none. */
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

/** A connection to the gateway chosen. */
export function connectToGateway(): HubConnection {
  const token = loadAccessToken();
  return signalRConnection(`${loadGateway()}/hubs/call`, token ? () => token : undefined);
}
