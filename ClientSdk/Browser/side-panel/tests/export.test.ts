import { apply, emptyBrief, newView, type CallEvent } from "@teleprompter/sdk";
import { describe, expect, it } from "vitest";
import { extend, newRecord, transcript } from "../src/call-record.js";
import { fileName, toJson, toMarkdown } from "../src/export.js";

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
    expect(markdown).toContain("**Lee** (1:01): \\# \\[click\\](http://x) \\<b\\>\\*now\\*\\</b\\>");
    expect(markdown).not.toContain("\u202e");
  });

  it("is data as JSON", () => {
    expect(JSON.parse(toJson(record(heard("c-1", "One."))))).toMatchObject({ brief: { company: "Café & Sons" }, transcript: [{ text: "One." }] });
  });
});
