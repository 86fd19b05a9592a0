import type { SignIn } from "../connection/sign-in.js";
import type { ConsentPolicy } from "../wire/messages.js";

/**
 * Reads what must be asked before a call.
 * @param gateway The gateway's address; the page's own origin when absent.
 * @param signIn Where people sign in by an access token.
 * @throws When the gateway cannot be reached, or does not let the caller in.
 */
export async function readConsentPolicy(gateway = "", signIn?: SignIn): Promise<ConsentPolicy> {
  const authorization = await signIn?.authorization("");
  const response = await fetch(`${gateway.replace(/\/$/, "")}/consent`, { cache: "no-store", ...(authorization && { headers: { Authorization: authorization } }) });
  if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
  return (await response.json()) as ConsentPolicy;
}
