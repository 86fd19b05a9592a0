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

/**
 * The turns that should have had an answer and got none, and why: ": the model failed (3), no card fits (1)". Without a model, talk that no card fits
 * should have had none.
 */
export function missed(window: WindowView, withoutModel: boolean): { readonly turns: number; readonly share: number; readonly why: string } {
  const fine = withoutModel ? window.unanswered.noCard ?? 0 : 0;
  const turns = Math.max(0, window.answered.nobody - fine);
  const found = Object.entries(window.unanswered).filter(([reason]) => fine === 0 || reason !== "noCard").sort(([, a], [, b]) => b - a);
  const why = found.length === 0 ? "" : `: ${found.map(([reason, n]) => `${reasons[reason as SettleReason] ?? reason} (${n})`).join(", ")}`;
  return { turns, share: turns / Math.max(1, turnsOf(window)), why };
}

/** One plain sentence about what costs the most. */
export function worstCause(window: WindowView, withoutModel: boolean): string {
  const turns = turnsOf(window);
  const { model, playbook } = window.answered;
  const lost = missed(window, withoutModel);
  if (turns === 0) return `No customer asked anything in the last ${window.minutes === 1 ? "minute" : `${window.minutes} minutes`}.`;
  if (lost.share >= nobodyMatters) return `${count(lost.turns, "turn")} of ${turns} got no answer${lost.why}.`;
  if (withoutModel) return `A card fits ${playbook} of ${count(turns, "turn")}.`;
  if (playbook > model) return `The playbook answers ${percent(playbook / turns)} of the turns; the model only ${percent(model / turns)}.`;
  if (!window.stages) return "The model has answered nothing yet.";
  const stages = stagesOf(window.stages);
  const worst = stages.reduce((a, b) => (b.ms > a.ms ? b : a));
  return `${worst.label}: ${percent(worst.ms / Math.max(1e-9, totalMs(stages)))} of the time.`;
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
