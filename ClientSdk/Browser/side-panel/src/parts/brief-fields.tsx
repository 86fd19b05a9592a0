import type { CallBrief } from "@teleprompter/sdk";

type Field = Exclude<keyof CallBrief, "notes">;

const labels: Readonly<Record<Field, string>> = {
  customerName: "Customer", company: "Company", role: "Their role", product: "What you are selling", repName: "Your name",
};

interface Props {
  readonly names: readonly Field[];
  readonly brief: CallBrief;
  readonly onChange: (next: CallBrief) => void;
}

/** Fields of a brief, and its notes. */
export function BriefFields({ names, brief, onChange }: Props) {
  const set = (name: keyof CallBrief, value: string) => onChange({ ...brief, [name]: value === "" ? null : value });
  return (
    <>
      {names.map((name) => (
        <label key={name} class="stacked">
          <span>{labels[name]}</span>
          <input class="field" type="text" maxLength={200} autocomplete="off" value={brief[name] ?? ""} onInput={(event) => set(name, event.currentTarget.value)} />
        </label>
      ))}
      <label class="stacked">
        <span>Notes</span>
        <textarea class="field" rows={4} maxLength={4000} value={brief.notes ?? ""} onInput={(event) => set("notes", event.currentTarget.value)} />
      </label>
    </>
  );
}
