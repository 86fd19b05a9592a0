import type { SettleReason, WithdrawReason } from "@teleprompter/sdk";
import type { TurnRecord } from "./messages.js";

const settled: Record<SettleReason | "nothingToSay", string> = {
  byModel: "Answered by the model",
  byPlaybook: "Answered by the playbook",
  newerTurn: "Went into the answer to a newer turn",
  backchannel: "Only a sign of listening",
  echo: "The rep's own words, come back",
  noCard: "No answer: no card fits",
  nothingToSay: "The model had nothing to add",
  alreadyShown: "The screen showed the answer already",
  paused: "The rep went off the record",
  clientAway: "Nobody was there to read",
  held: "No answer: held too long",
  stale: "No answer: its moment had passed",
  dismissed: "Dismissed by the rep",
  speakersSwapped: "The speakers were swapped",
  modelFailed: "No answer: the model failed",
  callEnded: "The call ended first",
  testMe: "The rep rehearses without help",
};

const withdrawn: Record<WithdrawReason, string> = {
  newerTurn: "for a newer turn",
  resumed: "the customer went on",
  repeats: "it only repeated",
  dismissed: "dismissed by the rep",
  paused: "the rep went off the record",
  speakersSwapped: "the speakers were swapped",
  clientAway: "nobody was there to read",
  failed: "the model failed midway",
  workerLost: "its worker is gone",
  callEnded: "the call ended",
};

/** What became of a turn or a suggestion, in plain words. */
export function recordWords(record: TurnRecord): string {
  const held = record.held && record.reason !== "held" ? ", held for a while" : "";
  if (record.withdrawn) return `Taken back: ${withdrawn[record.withdrawn]}${held}`;
  const model = record.reason === "byModel" && record.model ? ` ${record.model}` : "";
  return `${record.reason ? settled[record.reason] : "Settled"}${model}${held}`;
}

/** Records that say something of speed or of a missing answer; signs of listening and the like do not. */
export function matters(record: TurnRecord): boolean {
  return record.withdrawn !== null || !["backchannel", "echo"].includes(record.reason ?? "");
}

/** The records with new or changed ones, oldest first. */
export function merge(known: readonly TurnRecord[], more: readonly TurnRecord[]): readonly TurnRecord[] {
  const next = [...known];
  for (const record of more) {
    const at = next.findIndex((each) => each.recordId === record.recordId && (each.withdrawn === null) === (record.withdrawn === null));
    if (at < 0) next.push(record);
    else next[at] = record;
  }
  return next.slice(-50);
}
