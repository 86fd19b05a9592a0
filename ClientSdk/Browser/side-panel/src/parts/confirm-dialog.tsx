import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  readonly title: string;
  /** What happens, and what cannot be undone. */
  readonly children: ComponentChildren;
  readonly keep: string;
  readonly go: string;
  readonly onGo: () => void;
  readonly onClose: () => void;
}

/** Asks before something is deleted. */
export function ConfirmDialog({ title, children, keep, go, onGo, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="confirm-title" aria-describedby="confirm-what" onClose={onClose}>
      <h2 id="confirm-title">{title}</h2>
      <p id="confirm-what">{children}</p>
      <form method="dialog" class="row">
        <button type="submit" autofocus>{keep}</button>
        <button type="button" class="primary" onClick={onGo}>{go}</button>
      </form>
    </dialog>
  );
}
