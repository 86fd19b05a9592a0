import type { CallStatus } from "../wire/messages.js";

/** Where the connection stands; `awaySeconds` counts from its loss. */
export type ConnectionState =
  | { readonly phase: "idle" | "connecting" | "open" | "ended" | "moved" }
  | { readonly phase: "reconnecting"; readonly awaySeconds: number };

/** What a line is about; a view gives each its own glyph, so that colour is never the only sign. */
export type StatusKind =
  | "idle" | "connecting" | "ended" | "moved" | "reconnecting" | "notStored" | "paused" | "notHearing" | "notTranscribing"
  | "playbookOnly" | "busy" | "thinking" | "listening";

/** The one line that is true now. */
export interface StatusLine {
  readonly kind: StatusKind;
  readonly text: string;
}

/** Picks the first line that holds: what stops the rep comes before what slows the call, and that before what goes well. */
export function statusLine(status: CallStatus, connection: ConnectionState): StatusLine {
  switch (connection.phase) {
    case "idle": return { kind: "idle", text: "No call yet" };
    case "connecting": return { kind: "connecting", text: "Connecting" };
    case "ended": return { kind: "ended", text: "Call ended" };
    case "moved": return { kind: "moved", text: "Open in another window" };
    case "reconnecting": return { kind: "reconnecting", text: `Reconnecting (${Math.floor(connection.awaySeconds)} s)` };
    case "open": return fromFacts(status);
  }
}

function fromFacts(status: CallStatus): StatusLine {
  if (status.storage === "unavailable") return { kind: "notStored", text: "Live, but not being saved" };
  if (status.storage === "full") return { kind: "notStored", text: "Call record full, the rest is not saved" };
  if (status.paused) return { kind: "paused", text: "Paused" };
  if (status.hearing === "repOnly") return { kind: "notHearing", text: "Not hearing the customer" };
  if (status.hearing === "customerOnly") return { kind: "notHearing", text: "Not hearing you" };
  if (status.transcription === "unavailable") return { kind: "notTranscribing", text: "Not transcribing, type what matters" };
  if (status.transcription === "behind") {
    return { kind: "notTranscribing", text: `Transcript is ${(status.lagMs / 1000).toFixed(1)} s behind` };
  }
  if (status.model === "unavailable") return { kind: "playbookOnly", text: "Model unavailable, playbook only" };
  if (status.model === "off") return { kind: "playbookOnly", text: "Model switched off, playbook only" };
  if (status.model === "overBudget") return { kind: "playbookOnly", text: "Today's budget is spent, playbook only" };
  if (status.busy) return { kind: "busy", text: "Busy, showing your playbook" };
  if (status.thinking) return { kind: "thinking", text: "Thinking" };
  return { kind: "listening", text: "Listening" };
}
