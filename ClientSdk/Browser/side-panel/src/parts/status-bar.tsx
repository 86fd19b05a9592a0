import { statusLine, type StatusKind } from "@teleprompter/sdk";
import type { ComponentChildren } from "preact";
import type { CallSession } from "../session/call-session.js";
import { clockTime } from "../session/export.js";
import { useTick } from "../session/hooks.js";

/** The one line that is always true, the call's clock, and the panel's own buttons. */
export function StatusBar({ session, children }: { session: CallSession; children: ComponentChildren }) {
  useTick(1000);
  const { client, view } = session;
  const line = statusLine(view.status, client.connection);
  return (
    <header class="bar">
      <p class="status" data-kind={line.kind}>
        <StatusGlyph kind={line.kind} />
        <span>{line.text}</span>
      </p>
      {client.unsent > 0 && line.kind === "reconnecting" && <span class="waiting">{client.unsent} waiting</span>}
      <time class="elapsed" aria-label="Time on the call">{clockTime(client.elapsedMs)}</time>
      {children}
    </header>
  );
}

/** Each kind of line has a shape of its own: colour is never the only sign. */
function StatusGlyph({ kind }: { kind: StatusKind }) {
  return (
    <svg class="glyph" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {shape(kind)}
    </svg>
  );
}

function shape(kind: StatusKind) {
  switch (kind) {
    case "listening": return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
    case "thinking": return <><circle cx="1.8" cy="6" r="1.6" fill="currentColor" /><circle cx="6" cy="6" r="1.6" fill="currentColor" /><circle cx="10.2" cy="6" r="1.6" fill="currentColor" /></>;
    case "busy": return <path d="M1 2.5h10M1 6h10M1 9.5h10" stroke="currentColor" stroke-width="1.8" />;
    case "playbookOnly": return <path d="M2 1.5h8v9H2zM4.2 1.5v9" fill="none" stroke="currentColor" stroke-width="1.5" />;
    case "paused": return <path d="M3.5 1.5v9M8.5 1.5v9" stroke="currentColor" stroke-width="2.4" />;
    case "notTranscribing": return <path d="M1.5 2.5h9M1.5 6h4M1.5 9.5h2M7 7l4 4M11 7l-4 4" fill="none" stroke="currentColor" stroke-width="1.5" />;
    case "notHearing": return <path d="M6 1.5a4.5 4.5 0 1 0 .01 0M2.8 9.2l6.4-6.4" fill="none" stroke="currentColor" stroke-width="1.6" />;
    case "notStored": return <path d="M6 1.2 11 10.5H1zM6 4.8v2.6M6 8.4v1" fill="none" stroke="currentColor" stroke-width="1.4" />;
    case "connecting":
    case "reconnecting": return <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="3.2 2.4" />;
    case "moved": return <path d="M1.5 4.5h6v6h-6zM4.5 4.5v-3h6v6h-3" fill="none" stroke="currentColor" stroke-width="1.5" />;
    case "ended": return <rect x="2" y="2" width="8" height="8" fill="currentColor" />;
    case "idle": return <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6" />;
  }
}
