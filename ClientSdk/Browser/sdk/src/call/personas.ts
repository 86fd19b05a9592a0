import type { SignIn } from "../connection/sign-in.js";
import type { PersonaView } from "../wire/messages.js";

/**
 * Reads the buyers that a rehearsal can be started with; none where rehearsals are switched off.
 * @param gateway The gateway's address; the page's own origin when absent.
 * @param signIn Where people sign in by an access token.
 * @throws When the gateway cannot be reached, or does not let the caller in.
 */
export async function readPersonas(gateway = "", signIn?: SignIn): Promise<readonly PersonaView[]> {
  const authorization = await signIn?.authorization("");
  const response = await fetch(`${gateway.replace(/\/$/, "")}/personas`, { cache: "no-store", ...(authorization && { headers: { Authorization: authorization } }) });
  if (!response.ok) throw new Error(`The gateway answered ${response.status}.`);
  return (await response.json()) as readonly PersonaView[];
}
