import { describe, expect, it } from "vitest";
import { apply, newView, withFeedback, type CallEvent, type CallView } from "../src/index.js";
import { golden } from "./golden.js";

type Unnumbered<Event> = Event extends CallEvent ? Omit<Event, "number"> : never;

const latency = { turnMs: 0, busMs: 0, coalesceMs: 0, heldMs: 0, contextMs: 0, firstTokenMs: 0, sinceOldestMs: 0, serverMs: 0 };
const started = (suggestionId: string) => ({ type: "suggestionStarted", suggestionId, turnIds: ["c-1"], source: "model", cardId: null }) as const;
const delta = (suggestionId: string, index: number, text: string) => ({ type: "suggestionDelta", suggestionId, index, text }) as const;
const completed = (suggestionId: string, text: string) =>
  ({ type: "suggestionCompleted", suggestionId, text, source: "model", cardId: null, playbookVersion: null, latency }) as const;
const heard = (segmentId: string, text: string, final: boolean) =>
  ({ type: "transcriptUpdated", segmentId, speaker: "customer", text, final, endOfTurn: final, startMs: 0, endMs: 1 }) as const;

/** The view after events that are numbered without a gap. */
function fold(events: readonly Unnumbered<CallEvent>[], from: CallView = newView()): CallView {
  return events.reduce((view, event) => apply(view, { ...event, number: view.number + 1 } as CallEvent).view, from);
}

describe("A view of a call", () => {
  it("replaces an interim by the next one and by its final", () => {
    const view = fold([heard("c-1", "That", false), heard("c-1", "That is", false), heard("c-1", "That is a lot.", true)]);
    expect(view.segments.map(({ text, final }) => ({ text, final }))).toEqual([{ text: "That is a lot.", final: true }]);
  });

  it("takes a segment off that ends without words", () => {
    expect(fold([heard("c-1", "That is a lot.", true), heard("c-1", "", true), heard("c-2", "", true)]).segments).toEqual([]);
  });

  it("ignores an interim after its final", () => {
    const view = fold([heard("c-1", "That is a lot.", true), heard("c-1", "That is", false)]);
    expect(view.segments[0]).toMatchObject({ text: "That is a lot.", final: true });
  });

  it("takes interims off when the call is paused, and keeps what was said for good", () => {
    const status = { ...newView().status, paused: true };
    const view = fold([heard("c-1", "That is a lot.", true), heard("c-2", "And between", false), { type: "statusChanged", status }]);
    expect(view.segments.map(({ segmentId }) => segmentId)).toEqual(["c-1"]);
  });

  it("tells the same segment id of two speakers apart", () => {
    const view = fold([heard("1", "Hello?", true), { ...heard("1", "Hi.", true), speaker: "rep" }]);
    expect(view.segments.map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual(["customer: Hello?", "rep: Hi."]);
  });

  it("grows a suggestion delta by delta and finishes it once", () => {
    const writing = fold([started("s-1"), delta("s-1", 0, "That"), delta("s-1", 1, " is fair.")]);
    expect(writing.suggestion?.text).toBe("That is fair.");
    const done = fold([completed("s-1", "That is fair.")], writing);
    expect(done.suggestion).toBeNull();
    expect(done.recent.map(({ suggestionId, turnIds }) => ({ suggestionId, turnIds }))).toEqual([{ suggestionId: "s-1", turnIds: ["c-1"] }]);
  });

  it("names what is unsupported from the delta on that says it, until a delta says otherwise", () => {
    const claimed = fold([started("s-1"), { ...delta("s-1", 0, "Is it $29"), unsupportedFigures: ["$29"] }, delta("s-1", 1, " a seat")]);
    expect(claimed.suggestion?.unsupportedFigures).toEqual(["$29"]);
    const cleared = fold([{ ...delta("s-1", 2, "?"), unsupportedFigures: [] }], claimed);
    expect(cleared.suggestion?.unsupportedFigures).toEqual([]);
  });

  it("takes a withdrawn suggestion off and says why", () => {
    const view = fold([started("s-1"), delta("s-1", 0, "That"), { type: "suggestionWithdrawn", suggestionId: "s-1", reason: "newerTurn" }]);
    expect(view.suggestion).toBeNull();
    expect(view.recent).toEqual([]);
    expect(view.withdrawn).toEqual({ suggestionId: "s-1", reason: "newerTurn" });
  });

  it("makes a tentative suggestion firm when its turn is confirmed, and keeps its words", () => {
    const guess = fold([{ ...started("s-1"), tentative: true }, delta("s-1", 0, "That")]);
    expect(guess.suggestion?.tentative).toBe(true);
    const firm = fold([{ type: "suggestionConfirmed", suggestionId: "s-1", turnIds: ["c-1", "c-2"] }], guess);
    expect(firm.suggestion).toMatchObject({ tentative: false, turnIds: ["c-1", "c-2"], text: "That" });
    expect(fold([{ type: "suggestionConfirmed", suggestionId: "s-0", turnIds: ["c-9"] }], firm).suggestion).toEqual(firm.suggestion);
  });

  it("takes a tentative suggestion off when the customer goes on, and keeps what was finished before it", () => {
    const view = fold([
      started("s-1"), completed("s-1", "That is fair."),
      { ...started("s-2"), tentative: true }, { type: "suggestionWithdrawn", suggestionId: "s-2", reason: "resumed" },
    ]);
    expect([view.suggestion, view.withdrawn, view.recent.map((each) => each.suggestionId)]).toEqual([null, { suggestionId: "s-2", reason: "resumed" }, ["s-1"]]);
  });

  it("never doubles words that come twice", () => {
    const view = fold([started("s-1"), delta("s-1", 0, "That")]);
    const again = apply(view, { ...delta("s-1", 0, "That"), number: view.number });
    expect(again).toEqual({ view, resync: false });
    expect(fold([delta("s-1", 0, "That")], view).suggestion?.text).toBe("That");
  });

  it("asks for a snapshot once when a number is missing, and believes nothing until it comes", () => {
    const view = fold([heard("c-1", "Hello?", true)]);
    const missed = apply(view, { ...heard("c-2", "Are you there?", true), number: 3 });
    expect(missed.resync).toBe(true);
    expect(missed.view.segments).toEqual(view.segments);
    const next = apply(missed.view, { ...heard("c-3", "Hello?", true), number: 4 });
    expect(next).toEqual({ view: missed.view, resync: false });
  });

  it("asks for a snapshot when words are missing inside a suggestion", () => {
    const view = fold([started("s-1"), delta("s-1", 0, "That")]);
    const missed = apply(view, { ...delta("s-1", 2, "fair."), number: view.number + 1 });
    expect(missed.resync).toBe(true);
    expect(missed.view.suggestion?.text).toBe("That");
  });

  it("is set right by a snapshot, whatever its number, and goes on from there", () => {
    const restored = golden<CallEvent>("messages/event.restored.json");
    const { view, resync } = apply({ ...fold([started("s-1"), delta("s-1", 0, "Old")]), stale: true }, restored);
    expect(resync).toBe(false);
    expect(view).toMatchObject({ number: 40, stale: false, suggestion: { suggestionId: "s-4", text: "That is fair.", nextIndex: 9 } });
    expect(view.segments.map((each) => each.segmentId)).toEqual(["c-7"]);
    const grown = apply(view, { ...delta("s-4", 9, " And yet"), number: 41 });
    expect(grown.view.suggestion?.text).toBe("That is fair. And yet");
  });

  it("drops an open suggestion that a snapshot no longer has", () => {
    const restored = golden<Extract<CallEvent, { type: "restored" }>>("messages/event.restored.json");
    expect(apply(fold([started("s-1")]), { ...restored, suggestion: null }).view.suggestion).toBeNull();
  });

  it("counts an event of a type it does not know, and changes nothing else", () => {
    const view = fold([heard("c-1", "Hello?", true)]);
    const after = apply(view, { type: "somethingNew", number: 2 } as unknown as CallEvent);
    expect(after).toEqual({ view: { ...view, number: 2 }, resync: false });
  });

  it("knows of a rehearsal with whom it is, and each time the rep was cut off, whatever the reason is called", () => {
    const restored = golden<Extract<CallEvent, { type: "restored" }>>("messages/event.restored.json");
    const { cutOff } = golden<Extract<CallEvent, { type: "repCutOff" }>>("messages/event.repCutOff.json");
    const view = fold([{ type: "repCutOff", cutOff: { ...cutOff, reason: "somethingNew" as typeof cutOff.reason } }], apply(newView(), restored).view);
    expect(view.rehearsal).toMatchObject({ persona: { name: "Helena Marsh", mood: "Courteous, short of time." }, testMe: false, objections: ["The price feels high"] });
    expect(view.rehearsal?.cutOffs.map(({ reason, why }) => `${reason}: ${why}`)).toEqual([
      `questionDodged: You were asked "How much is it?" and spoke of something else.`, "somethingNew: You spoke 24 s without a question.",
    ]);
  });

  it("knows of no rehearsal in a call with a customer", () => {
    const { rehearsal: _, ...call } = golden<Extract<CallEvent, { type: "restored" }>>("messages/event.restored.json");
    expect(apply(newView(), call).view.rehearsal).toBeNull();
  });

  it("remembers what the rep did with a suggestion", () => {
    const view = withFeedback(fold([started("s-1"), completed("s-1", "Yes.")]), "s-1", "used");
    expect(view.recent[0]?.feedback).toBe("used");
  });

  it("keeps five finished suggestions, as a snapshot does", () => {
    const view = fold([1, 2, 3, 4, 5, 6].flatMap((n) => [started(`s-${n}`), completed(`s-${n}`, "Yes.")]));
    expect(view.recent.map((each) => each.suggestionId)).toEqual(["s-2", "s-3", "s-4", "s-5", "s-6"]);
  });
});

describe("Every golden event is understood", () => {
  const types: readonly CallEvent["type"][] = [
    "transcriptUpdated", "cardShown", "suggestionStarted", "suggestionDelta", "suggestionCompleted", "suggestionWithdrawn", "suggestionSaid",
    "statusChanged", "turnSettled", "nudged", "repCutOff", "callEnded", "restored",
  ];
  it.each(types)("%s", (type) => {
    const event = golden<CallEvent>(`messages/event.${type}.json`);
    const rehearsal = golden<Extract<CallEvent, { type: "restored" }>>("messages/event.restored.json").rehearsal!;
    const before = { ...newView(event.number - 1), rehearsal, suggestion: { suggestionId: "s-3", turnIds: ["c-7"], text: "", nextIndex: 0, source: "model" as const, cardId: null },
      recent: [{ suggestionId: "s-4", turnIds: [], text: "", source: "model" as const, cardId: null, feedback: null, latency: null, said: false }] };
    const { view, resync } = apply(before, event);
    expect(event.type).toBe(type);
    expect(resync).toBe(false);
    expect(view).not.toEqual({ ...before, number: event.number });
  });
});

describe("Of words that may still change", () => {
  const heard = (number: number, text: string, final = false): CallEvent =>
    ({ type: "transcriptUpdated", number, segmentId: "c-1", speaker: "customer", text, final, endOfTurn: final, startMs: 0, endMs: 1000 });
  const firm = (...texts: readonly string[]) => {
    const view = texts.reduce((before, text, at) => apply(before, heard(at + 1, text)).view, newView());
    const segment = view.segments[0];
    return segment?.text.slice(0, segment.firm ?? 0);
  };

  it.each<[string, readonly string[]]>([
    ["", ["That is"]],
    ["That is", ["That is", "That is more"]],
    ["That is ", ["That is more", "That is moderately so"]],
    ["", ["That", "Thatcher said"]],
    ["", ["Well", "That is more"]],
  ])("%j stood there before: firm", (words, texts) => {
    expect(firm(...texts)).toBe(words);
  });
});
