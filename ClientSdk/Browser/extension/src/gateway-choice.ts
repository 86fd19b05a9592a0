import { SignIn, signalRConnection, type HubConnection } from "@teleprompter/sdk";
import { ExtensionSignIn } from "./sign-in/extension-sign-in.js";

const addressKey = "teleprompter.gateway";

/** Where the gateway runs, without a slash at the end. */
export function loadGateway(): string {
  return localStorage.getItem(addressKey) ?? "http://localhost:5080";
}

/** @returns The address as it is kept. Throws a `TypeError` where it is none. */
export function saveGateway(address: string): string {
  const { protocol, origin, pathname } = new URL(address.trim());
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError("A gateway's address begins with http:// or https://.");
  // A proxy may serve the gateway under a path of its own.
  const kept = origin + pathname.replace(/\/+$/, "");
  localStorage.setItem(addressKey, kept);
  return kept;
}

export const extensionSignIn = new ExtensionSignIn(loadGateway);

/** Signs sockets and requests in to the gateway chosen. */
export const signIn = () => new SignIn(loadGateway(), extensionSignIn.accessToken);

/** A connection to the gateway chosen. */
export const connectToGateway = (): HubConnection => signalRConnection(`${loadGateway()}/hubs/call`, signIn());
