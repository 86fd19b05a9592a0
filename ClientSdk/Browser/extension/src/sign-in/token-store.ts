import type { Tokens } from "./authorization-code.js";

/** In memory, for this extension's pages alone, until the browser closes. */
const tokensKey = "tokens";
const signedInKey = "teleprompter.signedIn";

interface Kept {
  readonly gateway: string;
  readonly tokens: Tokens;
}

/** @returns Null where nobody signed in to that gateway, or another one since. */
export async function loadTokens(gateway: string): Promise<Tokens | null> {
  const kept = (await chrome.storage.session.get(tokensKey))[tokensKey] as Kept | undefined;
  return kept?.gateway === gateway ? kept.tokens : null;
}

export async function saveTokens(gateway: string, tokens: Tokens): Promise<void> {
  localStorage.setItem(signedInKey, gateway);
  await chrome.storage.session.set({ [tokensKey]: { gateway, tokens } satisfies Kept });
}

export async function forgetTokens(): Promise<void> {
  localStorage.removeItem(signedInKey);
  await chrome.storage.session.remove(tokensKey);
}

/** Whether somebody signed in to that gateway, perhaps before the browser was closed, and not out again. */
export const signedInBefore = (gateway: string) => localStorage.getItem(signedInKey) === gateway;

/** Tells of tokens that this page or another one of the extension got or forgot. */
export function onTokensChanged(listener: () => void): void {
  chrome.storage.session.onChanged.addListener((changes) => {
    if (tokensKey in changes) listener();
  });
}
