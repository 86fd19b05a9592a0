import type { LiveCallView } from "./messages.js";

/** How a call stands, where nothing is wrong. */
export function statusWords({ status }: LiveCallView): string {
  if (status.paused) return "Paused by the rep";
  if (status.busy) return "Busy, playbook shown";
  if (status.thinking) return "Thinking";
  return status.model === "none" ? "Listening, playbook" : "Listening";
}
