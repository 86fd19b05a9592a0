import type { Speaker } from "@teleprompter/sdk";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";

/** Types a line as either speaker; in a rehearsal as the rep, who is heard while typing and stops where the buyer cuts in. */
export function Composer({ session }: { session: CallSession }) {
  const [chosen, setSpeaker] = useState<Speaker>("customer");
  const [text, setText] = useState("");
  const rehearses = session.rehearsal !== null;
  const speaker = rehearses ? "rep" : chosen;
  const paused = session.view.status.paused;
  const cutOffs = session.view.rehearsal?.cutOffs.length ?? 0;
  const field = useRef<HTMLInputElement>(null);
  const change = (next: string) => {
    setText(next);
    session.typed.line = next;
  };
  const send = () => {
    const line = text.trim();
    if (line === "" || paused) return;
    session.typed.send(speaker, line);
    change("");
  };
  useEffect(() => {
    if (!session.typed.drafting || !field.current) return;
    // The word that is being typed is the first of the next line.
    const [, whole = "", rest = ""] = /^(.*\s)(\S*)$/s.exec(field.current.value) ?? [];
    if (whole.trim() === "" || paused) return;
    session.typed.send("rep", whole.trim());
    change(rest);
  }, [cutOffs]);
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {!rehearses && (
        <fieldset class="switch">
          <legend class="unseen">Who says it</legend>
          {(["customer", "rep"] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="speaker" checked={speaker === each} onChange={() => setSpeaker(each)} />
              <span>{each === "customer" ? "Customer" : "You"}</span>
            </label>
          ))}
        </fieldset>
      )}
      <input
        ref={field} class="field" type="text" maxLength={2000} autocomplete="off" aria-label="A line of the conversation"
        placeholder={paused ? "Paused: nothing is sent" : speaker === "customer" ? "Type what they say" : "Type what you say"}
        value={text}
        onInput={(event) => {
          change(event.currentTarget.value);
          if (rehearses && !paused) session.typed.draft(event.currentTarget.value);
        }}
      />
      <button type="submit" disabled={paused || text.trim() === ""}>{rehearses ? "Say" : "Send"}</button>
    </form>
  );
}
