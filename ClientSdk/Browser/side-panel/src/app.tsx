import { emptyBrief } from "@teleprompter/sdk";
import { useEffect, useLayoutEffect, useReducer, useState } from "preact/hooks";
import { CallSession } from "./session/call-session.js";
import type { SessionOptions, Surroundings } from "./session/session-options.js";
import { simulated, useConsentPolicy } from "./session/consent-policy.js";
import { SignInLine } from "./parts/sign-in-line.js";
import { ViewButtons } from "./parts/view-buttons.js";
import { forgetTicket, loadPreferences, loadTicket, savePreferences, type Preferences } from "./session/preferences.js";
import { BriefForm } from "./screens/brief-form.js";
import { Deleted } from "./screens/deleted.js";
import { Home } from "./screens/home.js";
import { Live } from "./screens/live.js";
import { Summary } from "./screens/summary.js";
import { openSound, type Sound } from "./session/sound.js";

/** The panel: before, during and after a call. A reloaded page comes back to the call it was in. */
export function App({ surroundings }: { surroundings: Surroundings }) {
  const [preferences, setPreferences] = useState(loadPreferences);
  const [briefing, setBriefing] = useState<Sound | null>(null);
  const [session, setSession] = useState<CallSession | null>(() => {
    const saved = loadTicket(Date.now());
    return saved && new CallSession({ brief: emptyBrief, ticket: saved.ticket, sound: openSound(surroundings, saved.listened) }, surroundings);
  });
  const { ended, deleted } = useEnd(session);
  const signIn = surroundings.ownSignIn ?? surroundings.signIn;
  const policy = useConsentPolicy(surroundings, briefing);

  useLayoutEffect(() => show(preferences), [preferences]);
  const change = (next: Preferences) => {
    savePreferences(next);
    setPreferences(next);
  };
  const begin = (options: SessionOptions) => setSession(new CallSession(options, surroundings));
  const stopBriefing = () => {
    briefing?.capture.close();
    setBriefing(null);
  };
  const leave = () => {
    session?.close();
    forgetTicket();
    setSession(null);
    setBriefing(null);
  };

  if (session && !ended && !deleted) return <Live session={session} asksConsent={!!policy && policy.mode !== "off"} preferences={preferences} onPreferences={change} onLeave={leave} signIn={signIn} />;
  return (
    <div class="page">
      <header class="bar">
        <p class="wordmark">Teleprompter</p>
        <span class="push" />
        <ViewButtons preferences={preferences} inCall={false} onChange={change} />
      </header>
      {signIn && <SignInLine signIn={signIn} />}
      {session && deleted ? <Deleted session={session} onDone={leave} />
        : session ? <Summary session={session} onDone={leave} />
        : briefing ? (
          <BriefForm
            sound={briefing} policy={policy} onBack={stopBriefing}
            onStart={(brief, language, consent) => begin({ brief, language, consent, sound: briefing })}
          />
        )
        : <Home gatewayChoice={surroundings.gatewayChoice} onCall={(options) => begin({ ...options, consent: simulated(policy) })} onBrief={() => setBriefing(openSound(surroundings))} />}
    </div>
  );
}

function useEnd(session: CallSession | null): { readonly ended: boolean; readonly deleted: boolean } {
  const [, check] = useReducer<number, void>((count) => count + 1, 0);
  const now = () => ({ ended: session?.client.connection.phase === "ended", deleted: session?.deleted === true });
  const { ended, deleted } = now();
  useEffect(() => {
    let was = { ended, deleted };
    return session?.subscribe(() => {
      const is = now();
      if (is.ended !== was.ended || is.deleted !== was.deleted) check();
      was = is;
    });
  }, [session]);
  return { ended, deleted };
}

function show({ theme, typeStep }: Preferences): void {
  const root = document.documentElement;
  root.dataset["theme"] = theme;
  root.style.setProperty("--type-step", String(typeStep));
}
