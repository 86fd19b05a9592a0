import { useEffect, useRef } from "preact/hooks";
import { bindings, type Command } from "../session/keys.js";
import { Key } from "./key.js";

/** All keys but those of commands that are not used here. */
export function KeysDialog({ unused, onClose }: { unused: readonly Command[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl>
        {bindings.filter(({ command }) => !unused.includes(command)).map(({ key, label }) => (
          <div key={key}>
            <dt><Key name={key} /><span class="unseen">{key}</span></dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">They rest while you type in a field.</p>
      <form method="dialog"><button type="submit">Close</button></form>
    </dialog>
  );
}
