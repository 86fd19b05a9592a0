import type { SignedIn, SignIn } from "@teleprompter/sdk";
import { useEffect, useReducer, useState } from "preact/hooks";
import { plainText } from "../session/plain-text.js";
import type { OwnSignIn } from "../session/session-options.js";
import { DevelopmentLine } from "./development-line.js";
import { OwnSignInLine } from "./own-sign-in-line.js";

/** Who is signed in, or that nobody has to. During a call only what must be done: sign in again before the sign-in ends. */
export function SignInLine({ signIn, inCall = false }: { signIn: SignIn | OwnSignIn; inCall?: boolean }) {
  return "signOut" in signIn ? <OwnSignInLine signIn={signIn} inCall={inCall} /> : <PageSignInLine signIn={signIn} inCall={inCall} />;
}

function PageSignInLine({ signIn, inCall }: { signIn: SignIn; inCall: boolean }) {
  const [page, setPage] = useState<SignedIn | null>(null);
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    signIn.page().then(setPage, () => {});
    return signIn.subscribe(() => render());
  }, [signIn]);
  if (signIn.endsSoon) {
    return (
      <p class="sign-in" role="alert">
        Your sign-in is about to end or has ended. <a href={signIn.againAddress} target="_blank" rel="noopener">Sign in again in a new tab</a>
        {inCall && "; the call goes on"}.
      </p>
    );
  }
  if (!page || inCall) return null;
  return page.required
    ? <p class="sign-in quiet">Signed in as {plainText(page.name ?? "somebody unnamed")}. <a href={signIn.outAddress}>Sign out</a></p>
    : <DevelopmentLine />;
}
