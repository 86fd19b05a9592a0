import { newView, type CallView, type CardView, type FinishedSuggestion, type Segment, type SuggestionSource } from "@teleprompter/sdk";
import { describe, expect, it } from "vitest";
import { advance, emptyStage, type Stage } from "../src/session/stage.js";

const customer = (segmentId: string, startMs: number): Segment =>
  ({ segmentId, speaker: "customer", text: "…", final: true, endOfTurn: true, startMs, endMs: startMs + 500 });
const finished = (suggestionId: string, turnId: string, over: Partial<FinishedSuggestion> = {}): FinishedSuggestion =>
  ({ suggestionId, text: suggestionId, source: "model", cardId: null, feedback: null, latency: null, said: false, turnIds: [turnId], ...over });
const open = (suggestionId: string, turnId: string, text = "", source: SuggestionSource = "model") =>
  ({ suggestionId, turnIds: [turnId], text, nextIndex: 1, source, cardId: null });
const card = (cardId: string, turnId: string): CardView => ({ cardId, turnId, title: cardId, text: "", fact: null, source: null, playbookVersion: "v" });

const view = (over: Partial<CallView>): CallView => ({ ...newView(), segments: [customer("c-1", 1000), customer("c-2", 5000)], ...over });
const answered = (over: Partial<CallView> = {}): { stage: Stage; view: CallView } => {
  const first = view({ recent: [finished("s-2", "c-2")], card: card("price", "c-2"), ...over });
  return { stage: advance(emptyStage, first, false), view: first };
};

describe("While the rep speaks", () => {
  it("a second thought about the same turn waits", () => {
    const { stage, view: before } = answered();
    const after = advance(stage, { ...before, suggestion: open("s-3", "c-2", "Or rather") }, true);
    expect(after.say?.suggestionId).toBe("s-2");
    expect(after.held).toBe(true);
  });

  it("an answer to an older turn waits", () => {
    const { stage, view: before } = answered();
    expect(advance(stage, { ...before, suggestion: open("s-3", "c-1") }, true).say?.suggestionId).toBe("s-2");
  });

  it("another card for the same turn waits", () => {
    const { stage, view: before } = answered();
    const after = advance(stage, { ...before, card: card("discount", "c-2") }, true);
    expect(after.card?.cardId).toBe("price");
    expect(after.held).toBe(true);
  });

  it("an answer to something the customer said since comes at once, with its card", () => {
    const { stage, view: before } = answered();
    const segments = [...before.segments, customer("c-3", 9000)];
    const after = advance(stage, { ...before, segments, suggestion: open("s-3", "c-3"), card: card("security", "c-3") }, true);
    expect([after.say?.suggestionId, after.card?.cardId, after.held]).toEqual(["s-3", "security", false]);
  });

  it("a suggestion follows its card at once", () => {
    const { stage, view: before } = answered();
    const segments = [...before.segments, customer("c-3", 9000)];
    const carded = advance(stage, { ...before, segments, card: card("security", "c-3") }, true);
    const after = advance(carded, { ...before, segments, card: card("security", "c-3"), suggestion: open("s-3", "c-3") }, true);
    expect([after.say?.suggestionId, after.card?.cardId]).toEqual(["s-3", "security"]);
  });

  it("what the rep asked for comes at once", () => {
    const { stage, view: before } = answered();
    expect(advance(stage, { ...before, suggestion: open("s-3", "now-1") }, true).say?.suggestionId).toBe("s-3");
  });

  it("what is being read grows in place", () => {
    const first = advance(emptyStage, view({ suggestion: open("s-2", "c-2", "That") }), false);
    const after = advance(first, view({ suggestion: open("s-2", "c-2", "That is fair.") }), true);
    expect([after.say?.text, after.held]).toEqual(["That is fair.", false]);
  });

  it("a reloaded page shows at once what it had", () => {
    const restored = view({ recent: [finished("s-2", "c-2", { turnIds: [] })] });
    expect(advance(emptyStage, restored, true).say?.suggestionId).toBe("s-2");
  });

  it("what is withdrawn leaves", () => {
    const first = advance(emptyStage, view({ suggestion: open("s-2", "c-2", "That") }), false);
    expect(advance(first, view({ withdrawn: { suggestionId: "s-2", reason: "failed" } }), true).say).toBeNull();
  });
});

describe("An answer that repeats the suggestion before it", () => {
  it("leaves, and the one before it comes back, whoever speaks", () => {
    const { stage, view: before } = answered();
    const asked = { ...before, segments: [...before.segments, customer("c-3", 9000)] };
    const shown = advance(stage, { ...asked, suggestion: open("s-3", "c-3") }, false);
    expect(shown.say?.suggestionId).toBe("s-3");
    for (const repSpeaking of [false, true]) {
      const back = advance(shown, { ...asked, withdrawn: { suggestionId: "s-3", reason: "repeats" } }, repSpeaking);
      expect(back.say?.suggestionId).toBe("s-2");
    }
  });
});

describe("Tentative words", () => {
  const guess = (suggestionId: string, turnId: string) => ({ ...open(suggestionId, turnId, "That is fair."), tentative: true });
  const asked = (before: CallView): CallView => ({ ...before, segments: [...before.segments, customer("c-3", 9000)] });
  const resumed = (suggestionId: string) => ({ suggestionId, reason: "resumed" }) as const;

  it("are shown as such, and become firm in place", () => {
    const { stage, view: before } = answered();
    const guessed = advance(stage, { ...asked(before), suggestion: guess("s-3", "c-3") }, false);
    expect([guessed.say?.suggestionId, guessed.say?.tentative]).toEqual(["s-3", true]);
    const firm = advance(guessed, { ...asked(before), suggestion: { ...guess("s-3", "c-3"), tentative: false } }, true);
    expect([firm.say?.suggestionId, firm.say?.tentative, firm.held]).toEqual(["s-3", false, false]);
  });

  it("replace nothing while the rep speaks, and come once they are firm", () => {
    const { stage, view: before } = answered();
    const waiting = advance(stage, { ...asked(before), suggestion: guess("s-3", "c-3") }, true);
    expect([waiting.say?.suggestionId, waiting.held]).toEqual(["s-2", true]);
    const firm = advance(waiting, { ...asked(before), suggestion: { ...guess("s-3", "c-3"), tentative: false } }, true);
    expect(firm.say?.suggestionId).toBe("s-3");
  });

  it("leave when the customer goes on, and the suggestion before them comes back, whoever speaks", () => {
    const { stage, view: before } = answered();
    const guessed = advance(stage, { ...asked(before), suggestion: guess("s-3", "c-3") }, false);
    for (const repSpeaking of [false, true]) {
      expect(advance(guessed, { ...asked(before), withdrawn: resumed("s-3") }, repSpeaking).say?.suggestionId).toBe("s-2");
    }
  });

  it("do not make the firm answer to the same turn wait for the rep", () => {
    const { stage, view: before } = answered();
    const guessed = advance(stage, { ...asked(before), suggestion: guess("s-3", "c-3") }, false);
    const back = advance(guessed, { ...asked(before), withdrawn: resumed("s-3") }, true);
    expect(advance(back, { ...asked(before), suggestion: open("s-4", "c-3") }, true).say?.suggestionId).toBe("s-4");
  });
});

describe("Once the rep is silent", () => {
  it("what waited comes", () => {
    const { stage, view: before } = answered();
    const waiting = { ...before, suggestion: open("s-3", "c-2", "Or rather") };
    const after = advance(advance(stage, waiting, true), waiting, false);
    expect([after.say?.suggestionId, after.held]).toEqual(["s-3", false]);
  });
});

describe("What to say now", () => {
  it("does not go back to an older suggestion when the rep dismisses the newest", () => {
    const { stage, view: before } = answered({ recent: [finished("s-1", "c-1"), finished("s-2", "c-2")] });
    const dismissed = { ...before, recent: [finished("s-1", "c-1"), finished("s-2", "c-2", { feedback: "dismissed" })] };
    expect(advance(stage, dismissed, false).say).toBeNull();
  });

  it("does not go back to an older suggestion when the newest is withdrawn", () => {
    const { stage, view: before } = answered();
    const withdrawn = { ...before, withdrawn: { suggestionId: "s-3", reason: "newerTurn" } as const };
    expect(advance(advance(stage, { ...before, suggestion: open("s-3", "c-2") }, false), withdrawn, false).say).toBeNull();
  });

  it("stays when a turn comes to nothing", () => {
    const { stage, view: before } = answered();
    const after = advance(stage, { ...before, segments: [...before.segments, customer("c-3", 9000)] }, false);
    expect([after.say, after.card]).toEqual([stage.say, stage.card]);
  });
});
