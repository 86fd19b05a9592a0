import type { SignIn } from "@teleprompter/sdk";
import { useEffect, useState } from "preact/hooks";
import { banners } from "./fleet/banners.js";
import { useClient, useRoute, useScheme, useTheme, type Theme } from "./fleet/hooks.js";
import type { LeadClient } from "./fleet/lead-client.js";
import type { CardUse } from "./fleet/messages.js";
import { CallPage } from "./parts/call-page.js";
import { CallsTable } from "./parts/calls-table.js";
import { Cards } from "./parts/cards.js";
import { FirstWords } from "./parts/first-words.js";
import { Headline } from "./parts/headline.js";
import { Levels } from "./parts/levels.js";
import { SignInLine } from "./parts/sign-in-line.js";
import { Processes } from "./parts/processes.js";
import { WhereTimeGoes } from "./parts/where-time-goes.js";
import { windowOf } from "./fleet/fleet.js";

const none: readonly CardUse[] = [];
const minutesChoices = [1, 5, 15, 60] as const;

/** The dashboard: is it fast enough right now, and what to do where it is not. */
export function App({ client, signIn }: { client: LeadClient; signIn: SignIn }) {
  useClient(client);
  const route = useRoute();
  const [theme, setTheme] = useTheme();
  const scheme = useScheme(theme);
  const [minutes, setMinutes] = useState<number>(15);
  const { fleet, phase } = client;
  const callId = route.startsWith("call/") ? route.slice("call/".length) : null;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
      const choice = ({ "1": 1, "2": 5, "3": 15, "4": 60 } as Record<string, number>)[event.key];
      if (choice) setMinutes(choice);
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("filter")?.focus();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <header class="top">
        <h1>Teleprompter <span class="quiet">live</span></h1>
        <p class="connection" data-phase={phase} role="status">
          {phase === "open" ? "Live" : phase === "connecting" ? "Connecting" : "Reconnecting; the numbers are from before"}
        </p>
        <span class="push" />
        <fieldset class="switch" aria-label="Time range">
          {minutesChoices.map((choice, at) => (
            <label key={choice} title={`The last ${choice} min (${at + 1})`}>
              <input type="radio" name="minutes" checked={minutes === choice} onChange={() => setMinutes(choice)} />
              <span>{choice} min</span>
            </label>
          ))}
        </fieldset>
        <fieldset class="switch" aria-label="Colours">
          {(["system", "light", "dark"] as const satisfies readonly Theme[]).map((choice) => (
            <label key={choice}>
              <input type="radio" name="theme" checked={theme === choice} onChange={() => setTheme(choice)} />
              <span>{choice === "system" ? "Auto" : choice === "light" ? "Light" : "Dark"}</span>
            </label>
          ))}
        </fieldset>
      </header>
      <SignInLine signIn={signIn} />
      {fleet && (
        <ul class="banners" aria-live="polite">
          {banners(fleet).map((banner) => (
            <li key={banner.key} data-kind={banner.kind}><span aria-hidden="true">{banner.kind === "alarm" ? "▲" : "●"}</span> {banner.text}</li>
          ))}
        </ul>
      )}
      {!fleet ? <main class="waiting"><p>Connecting to the gateway. It starts with <code>dotnet run --project Gateway</code>.</p></main>
        : callId ? <main><CallPage key={callId} client={client} fleet={fleet} callId={callId} /></main>
        : (
          <main class="board">
            <Headline fleet={fleet} />
            <FirstWords fleet={fleet} minutes={minutes} scheme={scheme} />
            <WhereTimeGoes window={windowOf(fleet, minutes)} />
            <Levels fleet={fleet} window={windowOf(fleet, minutes)} />
            <CallsTable fleet={fleet} />
            <Processes fleet={fleet} />
            <Cards cards={windowOf(fleet, minutes)?.cards ?? none} minutes={minutes} />
          </main>
        )}
    </>
  );
}
