import type { SignedIn, SignIn } from "@teleprompter/sdk";
import { useEffect, useReducer, useState } from "preact/hooks";

/** Who is signed in, or that nobody has to. The gateway gives names without control and bidirectional characters. */
export function SignInLine({ signIn }: { signIn: SignIn }) {
  const [page, setPage] = useState<SignedIn | null>(null);
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    signIn.page().then(setPage, () => {});
    return signIn.subscribe(() => render());
  }, [signIn]);
  if (signIn.endsSoon) {
    return (
      <p class="sign-in" role="alert">
        Your sign-in is about to end or has ended. <a href={signIn.againAddress} target="_blank" rel="noopener">Sign in again in a new tab</a>.
      </p>
    );
  }
  if (!page) return null;
  return page.required
    ? <p class="sign-in quiet">Signed in as {page.name ?? "somebody unnamed"}. <a href={signIn.outAddress}>Sign out</a></p>
    : <p class="sign-in quiet">Development mode: nobody signs in, and only this computer is served.</p>;
}
