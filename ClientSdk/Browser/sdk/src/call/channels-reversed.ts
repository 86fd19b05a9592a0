import type { Segment } from "./call-view.js";
import type { CallBrief, Speaker } from "../wire/messages.js";

/** Why the two voices seem to be the wrong way round. */
export type ReversedSign =
  /** Whoever is taken for the customer gives the rep's name as their own, or the other way round. */
  | "namedOtherwise"
  /** Whoever is taken for the customer greets as a seller does. */
  | "greetsAsSeller"
  /** Only the microphone is heard, although both speak. */
  | "microphoneOnly";

/** Greetings and introductions are looked for in the first lines; later the same words mean less. */
const firstLines = 8;
/** So many finished lines of the rep, over so long, and none of the customer's: two people take turns sooner. */
const aloneLines = 8;
const aloneMs = 45_000;

const seller = [
  /\bthank(s| you)( so much| very much)? for (making|taking) the time\b/i,
  /\bthank(s| you) for (joining|meeting with) (me|us)\b/i,
  /\bi('m| am) (calling|reaching out) (from|about|because)\b/i,
  /\b(let me|i('d| would) (like|love) to) (walk|take|show) you\b/i,
  /\bhow (is|are) your (team|company|business)\b.*\btoday\b/i,
];

/**
 * Looks for signs that the channels are reversed: the rep's voice in the customer's place. For English; in other languages names and
 * silence still tell.
 * @returns The first sign, or null where nothing speaks for it.
 */
export function channelsReversed(segments: readonly Segment[], brief: CallBrief): ReversedSign | null {
  const said = segments.filter((each) => each.final);
  const first = (speaker: Speaker) => said.filter((each) => each.speaker === speaker).slice(0, firstLines);
  const customer = first("customer");
  const rep = first("rep");
  const introduced = (lines: readonly Segment[], name: string | null) => lines.some((each) => introduces(each.text, name));
  if (introduced(customer, brief.repName) || introduced(rep, brief.customerName)) return "namedOtherwise";
  const greets = (lines: readonly Segment[]) => lines.some((each) => seller.some((words) => words.test(each.text)));
  // Both may thank for the time; only the customer's doing it alone is strange.
  if (greets(customer) && !greets(rep)) return "greetsAsSeller";
  const alone = customer.length === 0 && said.length >= aloneLines && (said.at(-1)?.endMs ?? 0) - (said[0]?.startMs ?? 0) >= aloneMs;
  return alone ? "microphoneOnly" : null;
}

/** "This is Dana", "my name is Dana", "Dana here", "Dana speaking"; but not "this is Dana's". */
function introduces(text: string, name: string | null): boolean {
  const first = name?.trim().split(/\s+/)[0];
  if (!first || first.length < 2) return false;
  const escaped = first.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const before = `\\b(?:this is|my name is|my name's|i am|i'm)\\s+${escaped}(?!['’\\p{L}])`;
  const after = `(?<!\\p{L})${escaped}\\s+(?:here|speaking)\\b`;
  return new RegExp(`(?:${before}|${after})`, "iu").test(text);
}
