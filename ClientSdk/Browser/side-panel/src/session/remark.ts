import type { CallView, TurnSettled, WithdrawReason } from "@teleprompter/sdk";

/**
 * The quiet line under what to say, for what the rep would otherwise wonder about.
 * @returns The new line, null to clear it, or undefined to leave it as it is.
 */
export function remark(before: CallView, after: CallView): string | null | undefined {
  if (after.withdrawn && after.withdrawn !== before.withdrawn) return whyWithdrawn(after.withdrawn.reason);
  const settled = after.outcomes.at(-1);
  if (settled && settled !== before.outcomes.at(-1) && settled.turnId.startsWith("now-")) return whyNothing(settled);
  if (!after.withdrawn && lastHeard(after) !== lastHeard(before)) return null;
  if (after.suggestion && after.suggestion.suggestionId !== before.suggestion?.suggestionId) return null;
  return undefined;
}

const lastHeard = (view: CallView) => view.segments.findLast((each) => each.speaker === "customer")?.segmentId;

function whyWithdrawn(reason: WithdrawReason): string | null {
  switch (reason) {
    case "newerTurn": return "They said more.";
    case "resumed":
    case "repeats": return null;
    case "failed": return "The model stopped. Press S to try again.";
    case "workerLost": return "Interrupted. Press S for a new one.";
    case "clientAway": return "Away too long. Press S for a new one.";
    case "speakersSwapped": return "Speakers swapped.";
    case "dismissed":
    case "paused":
    case "callEnded": return null;
  }
}

function whyNothing({ outcome, reason }: TurnSettled): string | null {
  if (outcome === "suggested") return null;
  switch (reason) {
    case "noCard": return "Nothing in the playbook for this yet.";
    case "alreadyShown": return "Nothing new beyond what was shown.";
    case "modelFailed": return "The model could not answer. Try again.";
    case "held": return "Too busy to answer. The card still stands.";
    case "paused": return "Paused. Resume to get suggestions.";
    case "newerTurn":
    case "dismissed":
    case "callEnded": return null;
    default: return "Nothing to suggest for this yet.";
  }
}
