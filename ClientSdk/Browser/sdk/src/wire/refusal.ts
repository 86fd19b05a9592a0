/** Why the gateway did not take a message. */
export interface Refusal {
  /** What is wrong and what to do, in the gateway's own words. */
  readonly message: string;
  /** The message is well; the same one may be sent again a little later. */
  readonly mayRetry: boolean;
  /** It is taken once consent is recorded. */
  readonly needsConsent: boolean;
}

const preamble = "HubException: ";
const retryToken = "retry: ";
const consentToken = "consent: ";

/** Reads an error of SignalR's, which puts words of its own before the gateway's. */
export function readRefusal(error: unknown): Refusal {
  const text = error instanceof Error ? error.message : String(error);
  const at = text.indexOf(preamble);
  const words = at < 0 ? text : text.slice(at + preamble.length);
  const [mayRetry, needsConsent] = [words.startsWith(retryToken), words.startsWith(consentToken)];
  return { message: words.slice(mayRetry ? retryToken.length : needsConsent ? consentToken.length : 0), mayRetry, needsConsent };
}
