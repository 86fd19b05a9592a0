import type { Speaker } from "@teleprompter/sdk";
import { useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";

/** Types a line as either speaker. */
export function Composer({ session }: { session: CallSession }) {
  const [speaker, setSpeaker] = useState<Speaker>("customer");
  const [text, setText] = useState("");
  const paused = session.view.status.paused;
  const send = (event: Event) => {
    event.preventDefault();
    const line = text.trim();
    if (line === "" || paused) return;
    session.type(speaker, line);
    setText("");
  };
  return (
    <form class="composer" onSubmit={send}>
      <fieldset class="switch">
        <legend class="unseen">Who says it</legend>
        {(["customer", "rep"] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="speaker" checked={speaker === each} onChange={() => setSpeaker(each)} />
            <span>{each === "customer" ? "Customer" : "You"}</span>
          </label>
        ))}
      </fieldset>
      <input
        class="field" type="text" maxLength={2000} autocomplete="off" aria-label="A line of the conversation"
        placeholder={paused ? "Paused: nothing is sent" : speaker === "customer" ? "Type what they say" : "Type what you say"}
        value={text} onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" disabled={paused || text.trim() === ""}>Send</button>
    </form>
  );
}
