import { useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { ConfirmDialog } from "./confirm-dialog.js";

/** Lets the rep delete a call that is over. */
export function DeleteCall({ session }: { session: CallSession }) {
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<string | null>(null);
  if (!session.client.ticket) return null;
  const remove = () => {
    setAsking(false);
    setOutcome("Deleting…");
    // What was deleted has a screen of its own.
    session.delete().catch((error: unknown) => setOutcome(error instanceof Error ? error.message : String(error)));
  };
  return (
    <section aria-labelledby="delete">
      <h2 id="delete">Delete this call</h2>
      <p class="quiet">Otherwise the gateway deletes it by itself after a while.</p>
      <button type="button" onClick={() => setAsking(true)}>Delete this call…</button>
      <p class="remark" role="status">{outcome}</p>
      {asking && (
        <ConfirmDialog title="Delete this call?" keep="Keep the call" go="Delete the call" onGo={remove} onClose={() => setAsking(false)}>
          Its transcript, brief, suggestions, consent and summary are deleted, here and at the gateway, and cannot be brought back. Copies that you
          downloaded stay. The gateway's audit trail keeps who deleted it and when.
        </ConfirmDialog>
      )}
    </section>
  );
}
