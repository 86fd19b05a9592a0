import { useEffect, useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { plainText } from "../session/plain-text.js";

/** How the buyer is heard. */
const sounds = { spoken: "Spoken aloud", browser: "Read aloud by your browser", text: "Text only" } as const;

/** How long the last interruption stands out, in milliseconds. */
const freshMs = 8000;

/** Says that the call is a rehearsal and with whom, and in a place of its own what the buyer is, or why they cut the rep off last. */
export function RehearsalBar({ session }: { session: CallSession }) {
  const { rehearsal, brief } = session.view;
  const last = rehearsal?.cutOffs.at(-1);
  const fresh = useFresh(last?.segmentId);
  const { name, role, company } = rehearsal?.persona ?? { name: brief.customerName ?? "", role: brief.role ?? "", company: brief.company ?? "" };
  const line = last ? `${plainText(name)} ${last.hangsUp ? "hung up" : "cut you off"}: ${plainText(last.why)}` : "";
  return (
    <section class="rehearsal" aria-label="Rehearsal" data-fresh={fresh || undefined}>
      <p class="line">
        <span class="tag">{session.rehearsal?.testMe ? "Test" : "Rehearsal"}</span>
        <b dir="auto">{plainText(name)}</b>
        <span class="push" />
        <span class="label">{session.buyer ? session.buyer.sound && sounds[session.buyer.sound] : sounds.text}</span>
      </p>
      <div class="cut-off">
        {line === "" && <p class="label" dir="auto">{plainText([role, company].filter(Boolean).join(", "))}</p>}
        <p role="status" title={line}>{line}</p>
      </div>
    </section>
  );
}

/** Whether something came up lately; what was there when the page opened is not new. */
function useFresh(id: string | undefined): boolean {
  const [seen, setSeen] = useState(id);
  useEffect(() => {
    if (id === seen) return;
    const timer = setTimeout(() => setSeen(id), freshMs);
    return () => clearTimeout(timer);
  }, [id, seen]);
  return id !== seen;
}
