import { apply, emptyBrief, newView, type CallEvent, type CallReport } from "@teleprompter/sdk";
import { describe, expect, it } from "vitest";
import { extend, newRecord, transcript } from "../src/session/call-record.js";
import { fileName, toJson, toMarkdown } from "../src/session/export.js";

const heard = (segmentId: string, text: string) =>
  ({ type: "transcriptUpdated", segmentId, speaker: "customer", text, final: true, endOfTurn: true, startMs: 61_000, endMs: 62_000 }) as const;

function record(...events: readonly object[]) {
  let view = newView(0, { ...emptyBrief, customerName: "Lee", company: "Café & Sons" });
  let kept = newRecord(new Date("2026-11-21T09:00:00Z"));
  for (const event of events) {
    view = apply(view, { ...event, number: view.number + 1 } as CallEvent).view;
    kept = extend(kept, view);
  }
  return kept;
}

describe("The summary of a call", () => {
  it("keeps what a snapshot no longer carries, once", () => {
    const { segments, brief, status } = newView();
    const restored = { type: "restored", segments: [{ ...heard("c-2", "Two.") }], suggestion: null, recent: [], card: null, brief, status, elapsedMs: 0 };
    expect(segments).toEqual([]);
    const kept = record(heard("c-1", "One."), heard("c-2", "Two."), restored, heard("c-3", "Three."));
    expect(transcript(kept).map((each) => each.text)).toEqual(["One.", "Two.", "Three."]);
  });

  it("names its file after the day and the customer", () => {
    expect(fileName(record(heard("c-1", "One.")), "md")).toBe("call-2026-11-21-cafe-sons.md");
  });

  it("writes what was said as text, never as markup", () => {
    const markdown = toMarkdown(record(heard("c-1", "# [click](http://x) <b>*now*</b>\u202e")));
    expect(markdown).toContain("**Lee** (1:01): \\# \\[click\\](http\\://x) \\<b\\>\\*now\\*\\</b\\>");
    expect(markdown).not.toContain("\u202e");
    const said = record(heard("c-1", "- one &lt;b&gt; at www.x.com"), heard("c-2", "1. R&D"));
    const summary = { needs: said.latest.map((each) => each.text), objections: [], commitments: [], nextSteps: [], source: "model" } as const;
    const talk = { repMs: 0, customerMs: 0, repShare: null, longest: null };
    expect(toMarkdown({ ...said, report: { startedAt: "", brief: said.brief, summary, summaryPending: false, talk, cards: [], suggestions: [], transcript: [] } }))
      .toContain("- \\- one \\&lt;b\\&gt; at www\\.x.com\n- 1\\. R&D\n");
  });

  it("has what came of the call and who spoke how long", () => {
    const said = record(heard("c-1", "One."));
    const summary = { needs: ["*Single* sign-on."], objections: [], commitments: [], nextSteps: ["Meet on Friday."], source: "model" } as const;
    const talk = { repMs: 30_000, customerMs: 90_000, repShare: 0.25, longest: { speaker: "customer", startMs: 0, durationMs: 61_000 } } as const;
    const report = { startedAt: "", brief: said.brief, summary, summaryPending: false, talk, cards: [], suggestions: [], transcript: [] };
    const markdown = toMarkdown({ ...said, report });
    expect(markdown).toContain("## Needs\n\n- \\*Single\\* sign-on.\n\n## Next steps\n\n- Meet on Friday.");
    expect(markdown).toContain("You spoke 25 % of the time. Longest monologue: the customer, 1:01.");
    expect(markdown).not.toContain("Objections");
    expect(JSON.parse(toJson({ ...said, report }))).toMatchObject({ summary: { source: "model" }, talk: { repMs: 30_000 } });
  });

  it("is whole where the gateway kept more than this page saw", () => {
    const seen = record(heard("c-2", "Two."));
    const line = { segmentId: "c-1", speaker: "rep", text: "One.", final: true, startMs: 0, endMs: 0 } as const;
    const suggestion = { suggestionId: "s-1", text: "Ask.", source: "playbook", cardId: "price", feedback: null, latency: null, said: true } as const;
    const report: CallReport = {
      startedAt: "", brief: seen.brief, summary: null, summaryPending: false, talk: { repMs: 0, customerMs: 0, repShare: null, longest: null },
      cards: [{ cardId: "price", title: "The price", fact: null, source: null, suggested: 1, said: 1, used: 0 }],
      suggestions: [{ atMs: 0, suggestion, turnIds: ["c-1"] }], transcript: [line, ...seen.latest],
    };
    const whole = toMarkdown({ ...seen, report });
    expect(whole).toContain("- **The price** *said*");
    expect(whole).toContain("## Suggestions\n\n- Ask. *said*");
    expect(whole).toContain("One.");
    expect(toMarkdown({ ...seen, report: { ...report, transcript: [] } })).toContain("Two.");
  });

  it("is data as JSON", () => {
    expect(JSON.parse(toJson(record(heard("c-1", "One."))))).toMatchObject({ brief: { company: "Café & Sons" }, transcript: [{ text: "One." }] });
  });
});
