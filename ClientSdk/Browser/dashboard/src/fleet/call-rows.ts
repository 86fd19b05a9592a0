import { alarms, urgency, type Alarm } from "./alarms.js";
import { costOf } from "./format.js";
import type { Fleet } from "./fleet.js";
import type { LiveCallView } from "./messages.js";

export interface CallRow {
  readonly call: LiveCallView;
  readonly alarms: readonly Alarm[];
  readonly urgency: number;
}

export type SortKey = "alarm" | "rep" | "customer" | "minutes" | "latency" | "talk" | "monologue" | "shown" | "tokens";

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Alarms first. */
export const firstSort: Sort = { key: "alarm", descending: true };

/** The calls that match a filter, sorted; among equals the oldest call first, so that rows keep their places. */
export function rows(fleet: Fleet, filter: string, sort: Sort): readonly CallRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found: CallRow[] = [];
  for (const call of fleet.calls.values()) {
    const hit = alarms(call, fleet.atMs);
    const row: CallRow = { call, alarms: hit, urgency: urgency(hit) };
    if (words.every((word) => text(row).includes(word))) found.push(row);
  }
  const by = value[sort.key];
  const sign = sort.descending ? -1 : 1;
  return found.sort((a, b) => sign * compare(by(a, fleet), by(b, fleet)) || a.call.startedAtMs - b.call.startedAtMs || compare(a.call.callId, b.call.callId));
}

/** The rep's part of all talking, 0 to 1; null before anybody spoke. */
export function repShare({ repTalkMs, customerTalkMs }: LiveCallView): number | null {
  const all = repTalkMs + customerTalkMs;
  return all === 0 ? null : repTalkMs / all;
}

/** The playbook that most calls answer from: others are told apart from it. */
export function commonPlaybook(fleet: Fleet): string | null {
  const counts = new Map<string, number>();
  for (const { playbookVersion } of fleet.calls.values()) if (playbookVersion) counts.set(playbookVersion, (counts.get(playbookVersion) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

const value: Record<SortKey, (row: CallRow, fleet: Fleet) => number | string> = {
  alarm: (row) => row.urgency,
  rep: ({ call }) => (call.repName ?? "").toLowerCase(),
  customer: ({ call }) => `${call.customerName ?? ""} ${call.company ?? ""}`.toLowerCase(),
  minutes: ({ call }) => -call.startedAtMs,
  latency: ({ call }) => call.lastLatencyMs ?? -1,
  talk: ({ call }) => repShare(call) ?? -1,
  monologue: ({ call }) => call.monologueMs,
  shown: ({ call }) => call.shown,
  tokens: ({ call }, { targets }) => costOf(call.tokens, targets) ?? call.tokens.in + call.tokens.out,
};

function text({ call, alarms: found }: CallRow): string {
  return [call.repName, call.customerName, call.company, ...found.map((alarm) => alarm.text)].join(" ").toLowerCase();
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
