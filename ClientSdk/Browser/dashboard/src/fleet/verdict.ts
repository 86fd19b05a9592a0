import { count, percent, seconds } from "./format.js";
import type { SettleReason } from "@teleprompter/sdk";
import type { WindowView } from "./messages.js";
import { stagesOf, totalMs } from "./stages.js";

/** The share of turns without any answer from which on that is the worst of it. */
export const nobodyMatters = 0.05;

const reasons: Partial<Record<SettleReason, string>> = {
  held: "waited too long for a free model",
  modelFailed: "the model failed",
  noCard: "no card fits",
  stale: "its moment had passed",
};

export function turnsOf({ answered }: WindowView): number {
  return answered.model + answered.playbook + answered.nobody;
}

/** The share of turns that should have had an answer and got none. Without a model, talk that no card fits should have had none. */
export function missedShare(window: WindowView, withoutModel: boolean): number {
  const fine = withoutModel ? window.unanswered.noCard ?? 0 : 0;
  return Math.max(0, window.answered.nobody - fine) / Math.max(1, turnsOf(window));
}

/** One plain sentence about what costs the most. */
export function worstCause(window: WindowView, withoutModel: boolean): string {
  const turns = turnsOf(window);
  const { model, playbook, nobody } = window.answered;
  if (turns === 0) return `No customer asked anything in the last ${window.minutes === 1 ? "minute" : `${window.minutes} minutes`}.`;
  if (missedShare(window, withoutModel) >= nobodyMatters) return `${count(nobody, "turn")} of ${turns} got no answer${whyNobody(window)}.`;
  if (withoutModel) return `A card fits ${playbook} of ${count(turns, "turn")}.`;
  if (playbook > model) return `The playbook answers ${percent(playbook / turns)} of the turns; the model only ${percent(model / turns)}.`;
  if (!window.stages) return "The model has answered nothing yet.";
  const stages = stagesOf(window.stages);
  const worst = stages.reduce((a, b) => (b.ms > a.ms ? b : a));
  return `${worst.label}: ${percent(worst.ms / Math.max(1e-9, totalMs(stages)))} of the time.`;
}

/** ": the model failed (3), no card fits (1)". */
export function whyNobody(window: WindowView): string {
  const found = Object.entries(window.unanswered).sort(([, a], [, b]) => b - a);
  return found.length === 0 ? "" : `: ${found.map(([reason, n]) => `${reasons[reason as SettleReason] ?? reason} (${n})`).join(", ")}`;
}

export type Standing = "none" | "good" | "over";

/** Whether the newest minutes keep the budget. */
export function standing(window: WindowView | undefined, budgetMs: number): Standing {
  if (!window?.firstWords) return "none";
  return window.firstWords.p95 <= budgetMs ? "good" : "over";
}

/** How the newest minutes compare with the hour; null where there is nothing to compare. */
export function trend(now: WindowView | undefined, hour: WindowView | undefined): string | null {
  if (!now?.firstWords || !hour?.firstWords) return null;
  const difference = now.firstWords.p95 - hour.firstWords.p95;
  if (Math.abs(difference) < Math.max(10, hour.firstWords.p95 * 0.03)) return "→ as over the last hour";
  return difference > 0 ? `↑ ${seconds(difference)} slower than over the last hour` : `↓ ${seconds(-difference)} faster than over the last hour`;
}
