import { useState } from "preact/hooks";
import { seconds } from "../fleet/format.js";
import type { LeadClient } from "../fleet/lead-client.js";

interface Sent {
  readonly key: number;
  readonly text: string;
  readonly state: "sending" | "shown" | "unknown" | "failed";
  readonly words: string;
}

const limit = 300;

/** A line to the rep, with its receipt. */
export function SendLine({ client, callId, rep, disabled }: { client: LeadClient; callId: string; rep: string; disabled: boolean }) {
  const [text, setText] = useState("");
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const send = async (event: Event) => {
    event.preventDefault();
    const line = text.trim();
    if (line === "") return;
    const key = Date.now();
    const put = (state: Sent["state"], words: string) => setSent((now) => [...now.filter((each) => each.key !== key), { key, text: line, state, words }].slice(-3));
    setText("");
    put("sending", "Sending");
    try {
      const receipt = await client.sendLine(callId, line);
      if (receipt.shown) put("shown", `✓ On ${rep}'s panel after ${seconds(receipt.afterMs)}`);
      else put("unknown", "▲ The panel has not confirmed it. It may not have arrived.");
    } catch (error) {
      put("failed", `▲ ${(error as Error).message}`);
      setText((now) => now || line);
    }
  };
  return (
    <form class="send-line" onSubmit={send}>
      <label class="label" for="line">Send {rep} a line</label>
      <div class="line">
        <input id="line" class="field" maxLength={limit} placeholder="For example: ask who signs" autocomplete="off" value={text} disabled={disabled} onInput={(event) => setText(event.currentTarget.value)} />
        <button class="primary" type="submit" disabled={disabled || text.trim() === ""}>Send</button>
      </div>
      <ul aria-live="polite">
        {sent.map((each) => <li key={each.key} data-state={each.state}><span>{each.text}</span> <span class="quiet">{each.words}</span></li>)}
      </ul>
    </form>
  );
}
