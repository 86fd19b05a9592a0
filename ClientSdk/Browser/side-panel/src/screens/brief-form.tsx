import type { CallBrief, Consent, ConsentMethod, ConsentPolicy } from "@teleprompter/sdk";
import { useEffect, useMemo, useReducer, useState } from "preact/hooks";
import { BriefFields } from "../parts/brief-fields.js";
import { consentOf, ConsentStep } from "../parts/consent-step.js";
import { Voices } from "../parts/voices.js";
import { listLanguages } from "../session/languages.js";
import { loadBrief, loadLanguage, saveBrief, saveLanguage, toBrief } from "../session/preferences.js";
import type { Sound } from "../session/sound.js";

interface Props {
  readonly sound: Sound;
  /** What must be asked; null where it is not known. */
  readonly policy?: ConsentPolicy | null | undefined;
  /**
   * @param language BCP 47 tag, `auto`, or empty for the gateway's default.
   * @param consent Null where none is asked for.
   */
  readonly onStart: (brief: CallBrief, language: string, consent: Consent | null) => void;
  readonly onBack: () => void;
}

/** What is worth knowing before a call, and whether both voices are heard. Every field may stay empty. */
export function BriefForm({ sound, policy, onStart, onBack }: Props) {
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => sound.capture.subscribe(() => render()), [sound]);
  const { rep, customer } = sound.capture.view;
  const listens = rep.phase === "on" || customer.phase === "on";
  const [brief, setBrief] = useState(loadBrief);
  const [language, setLanguage] = useState(loadLanguage);
  const languages = useMemo(listLanguages, []);
  const [method, setMethod] = useState<ConsentMethod>("spoken");
  const asks = policy && policy.mode !== "off";
  const [trouble, setTrouble] = useState<string | null>(null);
  const start = (event: Event) => {
    event.preventDefault();
    const clean = toBrief(brief);
    saveBrief(clean);
    saveLanguage(language);
    onStart(clean, language, consentOf(policy, method));
  };
  const read = async (file: File | undefined) => {
    try {
      if (file) setBrief(toBrief(JSON.parse(await file.text())));
      setTrouble(null);
    } catch {
      setTrouble("That file is not JSON. It needs fields such as customerName, company, product and notes.");
    }
  };
  return (
    <main class="brief">
      <form onSubmit={start}>
        <h1>Before the call</h1>
        <p class="quiet">{asks ? "All but consent" : "All of it"} is optional and remembered in this browser. It goes with the call, and into what is suggested.</p>
        <fieldset class="check">
          <legend>Sound</legend>
          <p class="quiet">Let it listen: your microphone for you, and the meeting's tab for the customer. Or start without, and type.</p>
          <Voices sound={sound} status={null} unsent={0} />
          {listens && <p>Only speech leaves this browser.{!asks && " Tell everyone on the call that it is being transcribed, and go on only if they agree."}</p>}
        </fieldset>
        <label class="stacked">
          <span>Language of the call</span>
          <select class="field" value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
            <option value="">As the gateway is set</option>
            <option value="auto">Detect while listening</option>
            {languages.map(({ tag, name }) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
          </select>
        </label>
        <BriefFields names={["customerName", "company", "role", "product", "repName"]} brief={brief} onChange={setBrief} />
        {asks && <ConsentStep policy={policy} method={method} onMethod={setMethod} />}
        {trouble && <p class="trouble" role="alert">{trouble}</p>}
        <div class="row">
          <button type="submit" class="primary">{listens ? "Listen to this call" : "Start the call"}</button>
          <button type="button" onClick={onBack}>Back</button>
          <span class="push" />
          <label class="file">
            <input type="file" accept="application/json,.json" class="unseen" onChange={(event) => void read(event.currentTarget.files?.[0])} />
            <span>Import JSON</span>
          </label>
        </div>
      </form>
    </main>
  );
}
