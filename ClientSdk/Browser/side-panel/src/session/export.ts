import type { CallReport, CallSummary, RehearsalView, ScoreCard, SegmentView, TalkTime } from "@teleprompter/sdk";
import { cards, fate, suggestions, transcript, type CallRecord } from "./call-record.js";
import { plainText } from "./plain-text.js";
import { questionLabel, yesLine } from "./score-words.js";

/** Minutes and seconds of the call's clock, e.g. `4:07`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A name for a downloaded call, of letters that every file system takes. */
export function fileName(record: CallRecord, extension: "md" | "json"): string {
  const who = (record.brief.company ?? record.brief.customerName ?? "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return [record.rehearsal ? "rehearsal" : "call", record.startedAt.toISOString().slice(0, 10), who.toLowerCase()].filter(Boolean).join("-") + `.${extension}`;
}

/** What the call was, in a line of its own. */
export function title({ brief, rehearsal }: CallRecord): string {
  const who = plainText([brief.customerName, brief.company].filter((each) => !!each).join(", "));
  return who === "" ? (rehearsal ? "Rehearsal" : "Call summary") : `${rehearsal ? "Rehearsal" : "Call"} with ${who}`;
}

/** That the buyer of a rehearsal ended it, and why; null where they did not. */
export function hangUpLine(record: CallRecord): string | null {
  const last = record.rehearsal?.cutOffs.findLast((each) => each.hangsUp);
  if (!record.rehearsal || !last) return null;
  const words = transcript(record).find((each) => each.segmentId === last.segmentId)?.text;
  return plainText(`${record.rehearsal.persona.name} hung up. ${last.why}${words ? ` Their last words: “${words}”` : ""}`);
}

/** The call as a page to read or to paste into notes. */
export function toMarkdown(record: CallRecord): string {
  const { brief } = record;
  const who = [brief.customerName, brief.role, brief.company].filter((each) => each !== null && each !== "").map((each) => line(each ?? ""));
  const mark = (what: "said" | "used" | null) => (what ? ` *${what}*` : "");
  const cameUp = cards(record).map((card) => `- **${line(card.title)}**${card.fact ? `: ${line(card.fact)}` : ""}${card.source ? ` (${line(card.source)})` : ""}${mark(card.fate)}`);
  const suggested = suggestions(record).map((each) => `- ${line(each.text)}${mark(fate(record, each))}`);
  const said = transcript(record).map((each) => `**${line(speakerName(each, record))}** (${clockTime(each.startMs)}): ${line(each.text)}`);
  return [
    `# ${record.rehearsal ? "Rehearsal" : "Call"}${who.length > 0 ? ` with ${who.join(", ")}` : ""}`,
    record.startedAt.toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" }),
    ...(record.report?.consent ? [line(consentLine(record.report.consent))] : []),
    ...(record.report?.scoreCard ? section("Score card", scoreLines(record.report.scoreCard)) : []),
    ...section("Interruptions", interruptionLines(record.rehearsal)),
    ...(record.report && !record.rehearsal ? section("Talk", line(talkLine(record.report.talk) ?? "")) : []),
    ...(record.report?.summary ? findings(record.report.summary).flatMap(({ title, items }) => section(title, items.map((item) => `- ${line(item)}`).join("\n"))) : []),
    ...section("What came up", cameUp.join("\n")),
    ...section("Suggestions", suggested.join("\n")),
    ...section("Transcript", said.join("\n\n")),
  ].join("\n\n") + "\n";
}

/** The call as data. */
export function toJson(record: CallRecord): string {
  const { startedAt, brief, rehearsal, report } = record;
  const rehearsed = rehearsal && { rehearsal, scoreCard: report?.scoreCard ?? null };
  const suggested = suggestions(record).map((each) => ({ ...each, fate: fate(record, each) }));
  return JSON.stringify({ startedAt, brief, ...rehearsed, summary: report?.summary ?? null, talk: report?.talk ?? null, consent: report?.consent ?? null, cards: cards(record), suggestions: suggested, transcript: transcript(record) }, null, 2) + "\n";
}

/** Who agreed to the call, how and when; as the gateway recorded it. */
export function consentLine({ consent, at, by }: NonNullable<CallReport["consent"]>): string {
  const how = consent.method === "simulated" ? "nobody was on the call"
    : `${consent.everyone ? "everybody agreed" : "you agreed"}, ${consent.method === "onScreen" ? "on screen" : consent.method === "written" ? "in writing" : consent.method}`;
  const when = new Date(at).toLocaleTimeString(undefined, { timeStyle: "short" });
  return `Consent: ${plainText(how)} · recorded at ${when}${by ? ` by ${plainText(by)}` : ""} · policy ${plainText(consent.policyVersion)}`;
}

/** What came of a call, under its headings; those with nothing are left out. */
export function findings(summary: CallSummary): readonly { readonly title: string; readonly items: readonly string[] }[] {
  const { needs, objections, commitments, nextSteps } = summary;
  return [
    { title: "Needs", items: needs },
    { title: "Objections", items: objections },
    { title: "Commitments", items: commitments },
    { title: "Next steps", items: nextSteps },
  ].filter(({ items }) => items.length > 0);
}

/** Who spoke how long, in a line; null when nobody spoke. */
export function talkLine({ repShare, longest }: TalkTime): string | null {
  if (repShare === null || !longest) return null;
  return `You spoke ${Math.round(repShare * 100)} % of the time. Longest monologue: ${longest.speaker === "rep" ? "you" : "the customer"}, ${clockTime(longest.durationMs)}.`;
}

/** The name to show for who said a segment. */
export function speakerName(segment: SegmentView, { brief }: Pick<CallRecord, "brief">): string {
  return segment.speaker === "rep" ? brief.repName || "You" : brief.customerName || "Customer";
}

const scoreLines = ({ checks }: ScoreCard) =>
  [`${yesLine(checks)}:`, "", ...checks.map((each) => `- **${each.passed ? "Yes" : "No"}** ${line(questionLabel(each))}: ${line(each.because)}${each.atMs === null ? "" : ` (${clockTime(each.atMs)})`}`)].join("\n");

const interruptionLines = (rehearsal: RehearsalView | null) =>
  (rehearsal?.cutOffs ?? []).map(({ why, atMs, hangsUp }) => `- ${clockTime(atMs)}: ${line(why)}${hangsUp ? " They hung up." : ""}`).join("\n");

const section = (title: string, body: string) => (body === "" ? [] : [`## ${title}`, body]);

// Markdown's own marks are escaped: what was said cannot become a heading, a list, a link or markup.
const marks = /[\\`*_[\]<>#|~]|&(?=#?\w+;)|:(?=\/\/)|(?<=\bwww)\.|^[-+=]|(?<=^\d{1,9})[.)]/g;
const line = (text: string) => plainText(text).trim().replace(marks, "\\$&");
