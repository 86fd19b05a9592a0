import { useEffect, useRef } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { useSession } from "../session/hooks.js";

/** What is left of a call that was deleted: nothing but the fact. */
export function Deleted({ session, onDone }: { session: CallSession; onDone: () => void }) {
  useSession(session);
  const heading = useRef<HTMLHeadingElement>(null);
  // What had the focus is gone; from here a screen reader reads on.
  useEffect(() => heading.current?.focus(), []);
  const confirmed = session.client.connection.phase === "ended";
  return (
    <main class="summary">
      <h1 ref={heading} tabIndex={-1}>{confirmed ? "This call was deleted" : "Deleting this call"}</h1>
      <p role="status">
        {!confirmed ? "Nothing said leaves this browser any more. The gateway has not answered yet: keep this page open until it has deleted the call."
          : session.deletedHere ? "You deleted it. Nothing of it is kept, here or at the gateway, but for the audit trail: who deleted it, and when."
          : session.view.ended === "deleted" ? "Somebody who may do so deleted it while it lasted. Nothing of it is kept, here or at the gateway."
          : "Consent was withdrawn. Nothing of the call is kept, here or at the gateway."}
      </p>
      <div class="row"><button type="button" class={confirmed ? "primary" : ""} onClick={onDone}>{confirmed ? "Done" : "Leave anyway"}</button></div>
    </main>
  );
}
