import { ago } from "./format.js";
import type { LiveCallView } from "./messages.js";

export type AlarmKind = "noAudio" | "waiting" | "notConnected" | "degraded" | "deadAir";

export interface Alarm {
  readonly kind: AlarmKind;
  readonly text: string;
}

/** From when on something is an alarm, in milliseconds. */
export const limits = {
  /** Nobody speaks: the rep may need help. */
  deadAirMs: 15_000,
  /** Nobody was heard at all: rather the sound than the conversation. */
  noAudioMs: 60_000,
  /** A question of the customer without first words. */
  waitingMs: 3_000,
  /** A panel that was just opened again is no alarm. */
  startingMs: 5_000,
} as const;

/** What is wrong with a call, the worst first; nobody has to come to the help of a rehearsal. A function of the call and the time. */
export function alarms(call: LiveCallView, nowMs: number): readonly Alarm[] {
  const found: Alarm[] = [];
  if (call.rehearsesWith) return found;
  const { status } = call;
  const ageMs = nowMs - call.startedAtMs;
  if (!call.connected && ageMs > limits.startingMs) found.push({ kind: "notConnected", text: "Panel not connected" });
  if (status.paused || !call.connected) return found;

  const heardAt = Math.max(call.repHeardAtMs ?? call.startedAtMs, call.customerHeardAtMs ?? call.startedAtMs);
  const silentMs = nowMs - heardAt;
  if (status.hearing !== "both") found.push({ kind: "noAudio", text: status.hearing === "repOnly" ? "Not hearing the customer" : "Not hearing the rep" });
  else if (silentMs >= limits.noAudioMs) found.push({ kind: "noAudio", text: `Nothing heard for ${ago(silentMs)}` });
  if (call.waitingSinceMs !== null && nowMs - call.waitingSinceMs >= limits.waitingMs) {
    found.push({ kind: "waiting", text: `Customer waiting ${ago(nowMs - call.waitingSinceMs)}` });
  }
  if (status.storage !== "ready") found.push({ kind: "degraded", text: status.storage === "full" ? "Too long to be kept" : "Not being kept" });
  if (status.model === "unavailable" || status.model === "off") found.push({ kind: "degraded", text: "Playbook only" });
  if (status.model === "overBudget") found.push({ kind: "degraded", text: "Budget spent, playbook only" });
  if (status.transcription === "unavailable" || status.transcription === "behind") {
    found.push({ kind: "degraded", text: status.transcription === "behind" ? `Words ${ago(status.lagMs)} late` : "Not transcribing" });
  }
  if (silentMs >= limits.deadAirMs && silentMs < limits.noAudioMs) found.push({ kind: "deadAir", text: `Dead air ${ago(silentMs)}` });
  return found;
}

const rank: Record<AlarmKind, number> = { noAudio: 5, waiting: 4, notConnected: 3, degraded: 2, deadAir: 1 };

/** How pressing: calls with a higher number come first. */
export function urgency(found: readonly Alarm[]): number {
  return found.reduce((sum, alarm) => sum + 2 ** rank[alarm.kind], 0);
}
