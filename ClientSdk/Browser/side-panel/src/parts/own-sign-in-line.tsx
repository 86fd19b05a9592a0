import type { SignedIn } from "@teleprompter/sdk";
import { useEffect, useReducer, useState } from "preact/hooks";
import { plainText } from "../session/plain-text.js";
import type { OwnSignIn } from "../session/session-options.js";
import { DevelopmentLine } from "./development-line.js";

/** Who is signed in where the panel signs in by itself, and how to change that. */
export function OwnSignInLine({ signIn, inCall }: { signIn: OwnSignIn; inCall: boolean }) {
  const [page, setPage] = useState<SignedIn | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    const ask = () => {
      render();
      signIn.page().then(setPage, () => setPage(null));
    };
    ask();
    return signIn.subscribe(ask);
  }, [signIn]);
  const attempt = (action: () => Promise<void>) => {
    setTrouble(null);
    action().catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
  };
  if (signIn.needed) {
    return (
      <p class="sign-in" role="alert">
        {trouble ?? (inCall ? "Your sign-in is about to end or has ended; the call goes on once you sign in again." : "Sign in to make calls.")}
        {" "}<button type="button" class="small" onClick={() => attempt(() => signIn.signIn())}>Sign in</button>
      </p>
    );
  }
  if (!page || inCall) return null;
  if (!page.required) return <DevelopmentLine />;
  return (
    <p class="sign-in quiet">
      Signed in as {plainText(page.name ?? "somebody unnamed")}. <button type="button" class="small" onClick={() => attempt(() => signIn.signOut())}>Sign out</button>
    </p>
  );
}
