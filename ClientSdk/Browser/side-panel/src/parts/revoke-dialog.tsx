import { useEffect, useRef } from "preact/hooks";

/** Asks before a call is ended and deleted because somebody does not agree to it any more. */
export function RevokeDialog({ onRevoke, onClose }: { onRevoke: () => void; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="revoke-title" aria-describedby="revoke-what" onClose={onClose}>
      <h2 id="revoke-title">Stop and delete this call?</h2>
      <p id="revoke-what">Listening stops at once. Every word, suggestion and summary of this call is deleted, here and at the gateway. Nothing of it can be brought back.</p>
      <form method="dialog" class="row">
        <button type="submit" autofocus>Keep the call</button>
        <button type="button" class="primary" onClick={onRevoke}>Stop and delete</button>
      </form>
    </dialog>
  );
}
