import type { CallBrief, PersonaView, RehearsalRequest } from "@teleprompter/sdk";
import { useState } from "preact/hooks";
import { BriefFields } from "../parts/brief-fields.js";
import { Voices } from "../parts/voices.js";
import { loadRehearsals } from "../session/past-rehearsals.js";
import { plainText } from "../session/plain-text.js";
import { loadBrief, saveBrief, toBrief } from "../session/preferences.js";
import type { Sound } from "../session/sound.js";

interface Props {
  /** At least one. */
  readonly personas: readonly PersonaView[];
  /** What came up in a call and was not answered; empty for nothing in particular. */
  readonly objections: readonly string[];
  readonly sound: Sound;
  readonly onStart: (brief: CallBrief, rehearsal: RehearsalRequest) => void;
  readonly onBack: () => void;
}

/** Whom to rehearse with, and how. The customer of the brief is the buyer. */
export function RehearseForm({ personas, objections, sound, onStart, onBack }: Props) {
  const [personaId, setPersonaId] = useState(() => {
    const last = loadRehearsals().at(-1)?.personaId;
    return personas.some((each) => each.personaId === last) ? last : personas[0]?.personaId;
  });
  const [testMe, setTestMe] = useState(false);
  const [voice, setVoice] = useState(true);
  const [brief, setBrief] = useState(loadBrief);
  const start = (event: Event) => {
    event.preventDefault();
    const persona = personas.find((each) => each.personaId === personaId);
    if (!persona) return;
    const { repName, product, notes } = toBrief(brief);
    saveBrief({ ...loadBrief(), repName, product, notes });
    const { name, company, role } = persona;
    onStart(toBrief({ repName, product, notes, customerName: name, company, role }), {
      personaId: persona.personaId, testMe, ...(objections.length > 0 && { objections }), ...(voice && { voice }),
    });
  };
  return (
    <main class="brief">
      <form onSubmit={start}>
        <h1>{objections.length > 0 ? "Rehearse what went wrong" : "Rehearse a call"}</h1>
        <p class="quiet">The buyer is played: they answer, cut in, and may hang up. Afterwards you get a score card. Nobody else is on the line.</p>
        {objections.length > 0 && (
          <section class="check" aria-labelledby="press-title">
            <h2 id="press-title">They press on this first</h2>
            <ul class="points">{objections.map((each) => <li key={each} dir="auto">{plainText(each)}</li>)}</ul>
          </section>
        )}
        <fieldset class="personas">
          <legend>Who is the buyer?</legend>
          {personas.map(({ personaId: id, name, role, company, mood }) => (
            <label key={id}>
              <input type="radio" name="persona" checked={personaId === id} onChange={() => setPersonaId(id)} />
              <span>
                <b dir="auto">{plainText(name)}</b>
                <span dir="auto">{plainText(`${role}, ${company}`)}</span>
                {mood && <span class="quiet" dir="auto">{firstSentence(plainText(mood))}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        <label class="agree">
          <input type="checkbox" role="switch" checked={testMe} onChange={(event) => setTestMe(event.currentTarget.checked)} />
          <span>Test me <span class="quiet">The teleprompter stays silent: no cards, no suggestions.</span></span>
        </label>
        <fieldset class="check">
          <legend>Sound</legend>
          <label class="agree">
            <input type="checkbox" role="switch" checked={voice} onChange={(event) => setVoice(event.currentTarget.checked)} />
            <span>Hear the buyer <span class="quiet">They speak aloud, and most stop when you begin to speak.</span></span>
          </label>
          <p class="quiet">Speak, or type: they hear a line while you write it.</p>
          <Voices sound={sound} status={null} unsent={0} speakers={["rep"]} />
        </fieldset>
        <BriefFields names={["product", "repName"]} brief={brief} onChange={setBrief} />
        <div class="row">
          <button type="submit" class="primary">Start the rehearsal</button>
          <button type="button" onClick={onBack}>Back</button>
        </div>
      </form>
    </main>
  );
}

const firstSentence = (text: string) => text.replace(/(?<=[.!?])\s.*$/s, "");
