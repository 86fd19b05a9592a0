import type { StageMeans, TurnRecord } from "./messages.js";

export interface Stage {
  readonly key: keyof StageMeans;
  readonly label: string;
  readonly ms: number;
}

const labels: readonly (readonly [keyof StageMeans, string])[] = [
  ["turnMs", "End of turn"],
  ["busMs", "Between servers"],
  ["coalesceMs", "Earlier suggestion"],
  ["heldMs", "Waiting for a model"],
  ["contextMs", "Playbook and context"],
  ["firstTokenMs", "Model's first words"],
  ["networkMs", "Network"],
  ["renderMs", "On the screen"],
];

/** Where the time went, in the order in which it passes. */
export function stagesOf(means: StageMeans): readonly Stage[] {
  return labels.map(([key, label]) => ({ key, label, ms: means[key] }));
}

/** The stages of one suggestion; none where it was not completed. */
export function stagesOfRecord(record: TurnRecord): readonly Stage[] {
  if (!record.latency) return [];
  return stagesOf({ ...record.latency, networkMs: record.networkMs ?? 0, renderMs: record.renderMs ?? 0 });
}

export const totalMs = (stages: readonly Stage[]) => stages.reduce((sum, stage) => sum + stage.ms, 0);
