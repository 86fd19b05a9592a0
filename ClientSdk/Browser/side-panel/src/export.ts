import type { Segment } from "@teleprompter/sdk";
import { distinctCards, transcript, usedSuggestions, type CallRecord } from "./call-record.js";
import { plainText } from "./plain-text.js";

/** Minutes and seconds of the call's clock, e.g. `4:07`. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A name for a downloaded call, of letters that every file system takes. */
export function fileName(record: CallRecord, extension: "md" | "json"): string {
  const who = (record.brief.company ?? record.brief.customerName ?? "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return ["call", record.startedAt.toISOString().slice(0, 10), who.toLowerCase()].filter(Boolean).join("-") + `.${extension}`;
}

/** The call as a page to read or to paste into notes. */
export function toMarkdown(record: CallRecord): string {
  const { brief } = record;
  const who = [brief.customerName, brief.role, brief.company].filter((each) => each !== null && each !== "").map((each) => line(each ?? ""));
  const cards = distinctCards(record).map((card) => `- **${line(card.title)}**${card.fact ? `: ${line(card.fact)}` : ""}${card.source ? ` (${line(card.source)})` : ""}`);
  const used = usedSuggestions(record).map((each) => `- ${line(each.text)}`);
  const said = transcript(record).filter((each) => each.final).map((each) => `**${line(speakerName(each, record))}** (${clockTime(each.startMs)}): ${line(each.text)}`);
  return [
    `# Call${who.length > 0 ? ` with ${who.join(", ")}` : ""}`,
    record.startedAt.toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" }),
    ...section("What came up", cards.join("\n")),
    ...section("Suggestions used", used.join("\n")),
    ...section("Transcript", said.join("\n\n")),
  ].join("\n\n") + "\n";
}

/** The call as data. */
export function toJson(record: CallRecord): string {
  const { startedAt, brief, suggestions, used } = record;
  return JSON.stringify({ startedAt, brief, cards: distinctCards(record), suggestions, used, transcript: transcript(record) }, null, 2) + "\n";
}

/** The name to show for who said a segment. */
export function speakerName(segment: Segment, { brief }: Pick<CallRecord, "brief">): string {
  return segment.speaker === "rep" ? brief.repName || "You" : brief.customerName || "Customer";
}

const section = (title: string, body: string) => (body === "" ? [] : [`## ${title}`, body]);

// Markdown's own marks are escaped: what was said cannot become a heading, a link or markup.
const line = (text: string) => plainText(text).replace(/[\\`*_[\]<>#|~]/g, "\\$&");
