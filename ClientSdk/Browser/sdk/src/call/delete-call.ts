import type { SignIn } from "../connection/sign-in.js";
import type { CallTicket } from "./call-options.js";

/**
 * Deletes all that the gateway keeps of a call; a call that goes on ends.
 * @param gateway The gateway's address; the page's own origin when absent.
 * @param signIn Where people sign in by an access token.
 * @throws When it was not deleted; the message says why, in words for the rep.
 */
export async function deleteCall(ticket: CallTicket, gateway = "", signIn?: SignIn): Promise<void> {
  const authorization = await signIn?.authorization(ticket.resumeToken);
  const response = await fetch(`${gateway.replace(/\/$/, "")}/calls/${encodeURIComponent(ticket.callId)}/data`, {
    method: "DELETE",
    ...(authorization && { headers: { Authorization: authorization } }),
  }).catch(() => {
    throw new Error("Not deleted: the gateway does not answer. Try again.");
  });
  if (!response.ok) throw new Error(refusals[response.status] ?? `Not deleted: the gateway answered ${response.status}.`);
}

const refusals: Record<number, string> = {
  401: "Not deleted: you are not signed in any more. Sign in and try again.",
  404: "The gateway keeps no such call of yours: it has expired or was deleted, or somebody else is signed in now.",
  503: "Not deleted: the gateway cannot reach its storage. Try again in a minute.",
};
