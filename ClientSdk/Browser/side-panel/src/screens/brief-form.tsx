import type { CallBrief } from "@teleprompter/sdk";
import { useState } from "preact/hooks";
import { loadBrief, saveBrief, toBrief } from "../preferences.js";

const fields: readonly { readonly name: Exclude<keyof CallBrief, "notes">; readonly label: string }[] = [
  { name: "customerName", label: "Customer" },
  { name: "company", label: "Company" },
  { name: "role", label: "Their role" },
  { name: "product", label: "What you are selling" },
  { name: "repName", label: "Your name" },
];

/** What is worth knowing before a call. Every field may stay empty. */
export function BriefForm({ onStart, onBack }: { onStart: (brief: CallBrief) => void; onBack: () => void }) {
  const [brief, setBrief] = useState(loadBrief);
  const [trouble, setTrouble] = useState<string | null>(null);
  const set = (name: keyof CallBrief, value: string) => setBrief({ ...brief, [name]: value === "" ? null : value });
  const start = (event: Event) => {
    event.preventDefault();
    const clean = toBrief(brief);
    saveBrief(clean);
    onStart(clean);
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
        <p class="quiet">All of it is optional and remembered in this browser. It goes with the call, and into what is suggested.</p>
        {fields.map(({ name, label }) => (
          <label key={name} class="stacked">
            <span>{label}</span>
            <input class="field" type="text" maxLength={200} autocomplete="off" value={brief[name] ?? ""} onInput={(event) => set(name, event.currentTarget.value)} />
          </label>
        ))}
        <label class="stacked">
          <span>Notes</span>
          <textarea class="field" rows={4} maxLength={4000} value={brief.notes ?? ""} onInput={(event) => set("notes", event.currentTarget.value)} />
        </label>
        {trouble && <p class="trouble" role="alert">{trouble}</p>}
        <div class="row">
          <button type="submit" class="primary">Start the call</button>
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
