import type { SignIn } from "@teleprompter/sdk";
import { useEffect, useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { useSession } from "../session/hooks.js";
import { commandOf, type Command } from "../session/keys.js";
import { Card } from "../parts/card.js";
import { Composer } from "../parts/composer.js";
import { Earlier } from "../parts/earlier.js";
import { Heard } from "../parts/heard.js";
import { Kept } from "../parts/kept.js";
import { Key } from "../parts/key.js";
import { KeysDialog } from "../parts/keys-dialog.js";
import { ConfirmDialog } from "../parts/confirm-dialog.js";
import { RehearsalBar } from "../parts/rehearsal-bar.js";
import { SampleBar } from "../parts/sample-bar.js";
import { SayNow } from "../parts/say-now.js";
import { SignInLine } from "../parts/sign-in-line.js";
import type { OwnSignIn } from "../session/session-options.js";
import { StatusBar } from "../parts/status-bar.js";
import { SwapOffer } from "../parts/swap-offer.js";
import { Transcript } from "../parts/transcript.js";
import { ViewButtons } from "../parts/view-buttons.js";
import { Voices } from "../parts/voices.js";
import { clampStep, type Preferences } from "../session/preferences.js";

interface Props {
  readonly session: CallSession;
  readonly preferences: Preferences;
  readonly onPreferences: (next: Preferences) => void;
  readonly onLeave: () => void;
  /** Consent was asked for, and may be withdrawn. */
  readonly asksConsent?: boolean;
  readonly signIn?: SignIn | OwnSignIn | undefined;
}

/** The panel during a call, most important first. */
export function Live({ session, preferences, onPreferences, onLeave, asksConsent, signIn }: Props) {
  useSession(session);
  const [keys, setKeys] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const { client, view } = session;
  const { paused, transcription } = view.status;
  const { rep, customer } = session.sound?.capture.view ?? {};
  // What a gateway can do is known once it has answered.
  const status = client.connection.phase === "connecting" ? null : view.status;
  // A gateway that takes text only is told where somebody wants to be heard, and not a word about sound elsewhere.
  const hears = transcription !== "none" || rep?.phase === "on" || customer?.phase === "on";

  const { rehearsal } = session;
  const silent = rehearsal?.testMe === true;

  // Nobody is the wrong way round, and who is tested has nothing to use.
  const unused: readonly Command[] = [...(rehearsal ? ["swap"] as const : []), ...(silent ? ["suggest", "used", "dismiss", "pin"] as const : [])];

  const run = (command: Command) => {
    if (unused.includes(command)) return;
    switch (command) {
      case "used": return session.used();
      case "dismiss": return session.dismiss();
      case "pin": return session.pin();
      case "suggest": return session.suggestNow();
      case "pause": return session.togglePause();
      case "swap": return session.answerSwap(true);
      case "larger": return onPreferences({ ...preferences, typeStep: clampStep(preferences.typeStep + 1) });
      case "smaller": return onPreferences({ ...preferences, typeStep: clampStep(preferences.typeStep - 1) });
      case "large": return onPreferences({ ...preferences, large: !preferences.large });
      case "keys": return setKeys(true);
    }
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event, document.querySelector("dialog[open], :popover-open") !== null);
      if (!command) return;
      event.preventDefault();
      run(command);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
  useEffect(() => {
    const retry = () => client.retryNow();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, [client]);

  return (
    <div class="panel" data-silent={silent || undefined} data-paused={paused || undefined} data-large={preferences.large || undefined}>
      <StatusBar session={session}>
        <ViewButtons preferences={preferences} inCall onChange={onPreferences} />
        <button type="button" class="icon" aria-label="All keys" title="All keys (?)" onClick={() => setKeys(true)}>?</button>
      </StatusBar>
      <main class="live">
        {rehearsal && <RehearsalBar session={session} />}
        {!silent && <SayNow session={session} />}
        {!silent && <Card session={session} />}
        <Kept session={session} />
        <Heard segments={view.segments} name={view.brief.customerName} />
        {silent ? <p class="remark" role="status">{session.remark ?? "The teleprompter stays silent: this one is yours."}</p> : <Earlier session={session} />}
        <Transcript session={session} />
      </main>
      <footer>
        {signIn && <SignInLine signIn={signIn} inCall />}
        {session.player && <SampleBar session={session} />}
        {!rehearsal && <SwapOffer session={session} />}
        {session.sound && hears && <Voices sound={session.sound} status={status} unsent={client.voiceDropped} {...(rehearsal && { speakers: ["rep"] as const })} />}
        {client.connection.phase === "moved" ? (
          <div class="row">
            <button type="button" class="primary" onClick={() => client.takeBack()}>Continue here</button>
            <button type="button" onClick={onLeave}>Leave</button>
          </div>
        ) : (
          <div class="row controls">
            {!silent && <button type="button" onClick={() => run("suggest")} disabled={paused}>Suggest now <Key name="S" /></button>}
            <button type="button" aria-pressed={paused} onClick={() => run("pause")}>{paused ? "Resume" : "Pause"} <Key name="O" /></button>
            {!rehearsal && <button type="button" aria-label="Swap speakers" title="Swap speakers: you and the customer are the wrong way round" onClick={() => run("swap")}>Swap <Key name="X" /></button>}
            <button type="button" onClick={() => session.end()}>{rehearsal ? "End rehearsal" : "End call"}</button>
          </div>
        )}
        <Composer session={session} />
        {asksConsent && client.connection.phase !== "moved" && (
          <p class="withdraw"><button type="button" class="small" onClick={() => setRevoking(true)}>Consent withdrawn</button></p>
        )}
      </footer>
      {revoking && (
        <ConfirmDialog title="Stop and delete this call?" keep="Keep the call" go="Stop and delete" onGo={() => session.revoke()} onClose={() => setRevoking(false)}>
          Listening stops at once. Every word, suggestion and summary of this call is deleted, here and at the gateway. Nothing of it can be brought back.
        </ConfirmDialog>
      )}
      {keys && <KeysDialog unused={unused} onClose={() => setKeys(false)} />}
    </div>
  );
}
