import { SignInError } from "@teleprompter/sdk";

/** As what, and where, the extension gets access tokens, as the gateway tells it. */
export interface Client {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string | null;
  readonly clientId: string;
  readonly scope: string;
}

/**
 * @returns Null where nobody signs in.
 * @throws {SignInError} The gateway cannot be asked, or nobody can sign in to it from here.
 */
export async function readClient(gateway: string): Promise<Client | null> {
  const answer = await fetch(`${gateway}/sign-in/extension`, { cache: "no-store" }).catch(() => {
    throw new SignInError(`${gateway} does not answer this extension. Is the gateway running there, and is ${location.origin} one of its Gateway:AllowedOrigins?`);
  });
  if (answer.status === 503) throw new SignInError("The gateway cannot reach your company's sign-in. Try again in a minute.");
  if (!answer.ok) throw new SignInError(`The gateway did not say how to sign in; it answered ${answer.status}.`);
  const { required, client } = (await answer.json()) as { required: boolean; client: Client | null };
  if (!required) return null;
  if (!client) throw new SignInError("People sign in to this gateway, but not from this extension: its SignIn:ExtensionClientId is not set.");
  for (const endpoint of [client.authorizationEndpoint, client.tokenEndpoint]) {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol !== "https:" && hostname !== "localhost" && hostname !== "127.0.0.1") throw new SignInError("Your company's sign-in has no https address, and so nobody signs in there.");
  }
  return client;
}
