import { emptyBrief, type CallBrief, type RehearsalRequest } from "@teleprompter/sdk";
import { useEffect, useLayoutEffect, useReducer, useState } from "preact/hooks";
import { CallSession } from "./session/call-session.js";
import type { SessionOptions, Surroundings } from "./session/session-options.js";
import { simulated, useConsentPolicy } from "./session/consent-policy.js";
import { SignInLine } from "./parts/sign-in-line.js";
import { ViewButtons } from "./parts/view-buttons.js";
import { usePersonas } from "./session/personas.js";
import { forgetTicket, loadCall, loadPreferences, savePreferences, type Preferences } from "./session/preferences.js";
import { BriefForm } from "./screens/brief-form.js";
import { Deleted } from "./screens/deleted.js";
import { Home } from "./screens/home.js";
import { Live } from "./screens/live.js";
import { RehearseForm } from "./screens/rehearse-form.js";
import { Summary } from "./screens/summary.js";
import { openSound, type Sound } from "./session/sound.js";

/** What is being prepared: a call, or a rehearsal of what went wrong in one, if anything did. */
interface Preparation {
  readonly sound: Sound;
  readonly objections: readonly string[] | null;
}

/** The panel: before, during and after a call. A reloaded page comes back to the call it was in. */
export function App({ surroundings }: { surroundings: Surroundings }) {
  const [preferences, setPreferences] = useState(loadPreferences);
  const [preparing, setPreparing] = useState<Preparation | null>(null);
  const [session, setSession] = useState<CallSession | null>(() => {
    const saved = loadCall(Date.now());
    return saved && new CallSession({ brief: emptyBrief, ticket: saved.ticket, rehearsal: saved.rehearsal, sound: openSound(surroundings, saved.listened) }, surroundings);
  });
  const { ended, deleted } = useEnd(session);
  const signIn = surroundings.ownSignIn ?? surroundings.signIn;
  const policy = useConsentPolicy(surroundings, preparing);
  const personas = usePersonas(surroundings, session);

  useLayoutEffect(() => show(preferences), [preferences]);
  const change = (next: Preferences) => {
    savePreferences(next);
    setPreferences(next);
  };
  const begin = (options: SessionOptions) => {
    session?.close();
    setPreparing(null);
    setSession(new CallSession(options, surroundings));
  };
  const prepare = (objections: Preparation["objections"]) => setPreparing({ sound: openSound(surroundings), objections });
  const stopPreparing = () => {
    preparing?.sound.capture.close();
    setPreparing(null);
  };
  const rehearse = (brief: CallBrief, rehearsal: RehearsalRequest, sound: Sound) => begin({ brief, rehearsal, sound, language: "en", consent: simulated(policy) });
  const leave = () => {
    session?.close();
    forgetTicket();
    setSession(null);
    setPreparing(null);
  };

  if (session && !ended && !deleted) return <Live session={session} asksConsent={!!policy && policy.mode !== "off" && !session.rehearsal} preferences={preferences} onPreferences={change} onLeave={leave} signIn={signIn} />;
  return (
    <div class="page">
      <header class="bar">
        <p class="wordmark">Teleprompter</p>
        <span class="push" />
        <ViewButtons preferences={preferences} inCall={false} onChange={change} />
      </header>
      {signIn && <SignInLine signIn={signIn} />}
      {session && deleted ? <Deleted session={session} onDone={leave} />
        : preparing?.objections ? (
          <RehearseForm
            personas={personas} objections={preparing.objections} sound={preparing.sound} onBack={stopPreparing}
            onStart={(brief, rehearsal) => rehearse(brief, rehearsal, preparing.sound)}
          />
        )
        : session ? (
          <Summary
            session={session} onDone={leave}
            onAgain={(rehearsal) => rehearse(session.record.brief, rehearsal, openSound(surroundings))}
            onRehearse={personas.length > 0 ? prepare : null}
          />
        )
        : preparing ? (
          <BriefForm
            sound={preparing.sound} policy={policy} onBack={stopPreparing}
            onStart={(brief, language, consent) => begin({ brief, language, consent, sound: preparing.sound })}
          />
        )
        : (
          <Home
            gatewayChoice={surroundings.gatewayChoice} onCall={(options) => begin({ ...options, consent: simulated(policy) })}
            onBrief={() => prepare(null)} onRehearse={personas.length > 0 ? () => prepare([]) : null}
          />
        )}
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
