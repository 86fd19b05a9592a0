import { useEffect, useRef } from "preact/hooks";
import { bindings } from "../session/keys.js";
import { Key } from "./key.js";

/** All keys. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl>
        {bindings.map(({ key, label }) => (
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
