import { describe, expect, it } from "vitest";
import { channelsReversed, emptyBrief, type Segment, type Speaker } from "../src/index.js";
import { salesCall } from "./capture/recording.js";

const brief = { ...emptyBrief, repName: "Dana Reed", customerName: "Lee" };
const said = (...lines: readonly (readonly [Speaker, string])[]): Segment[] =>
  lines.map(([speaker, text], at) => ({ segmentId: `${at}`, speaker, text, final: true, endOfTurn: true, startMs: at * 6000, endMs: at * 6000 + 4000 }));

describe("The channels seem reversed", () => {
  it.each(["Hi, this is Dana from Relay.", "Dana speaking, good morning.", "My name is Dana."])("when the customer says %s", (line) => {
    expect(channelsReversed(said(["rep", "Hello?"], ["customer", line]), brief)).toBe("namedOtherwise");
  });

  it("when the rep gives the customer's name as their own", () => {
    expect(channelsReversed(said(["rep", "Hi Dana, Lee here."]), brief)).toBe("namedOtherwise");
  });

  it("when the customer greets as a seller does", () => {
    expect(channelsReversed(said(["customer", "Thanks for making the time today."], ["rep", "Sure."]), brief)).toBe("greetsAsSeller");
  });

  it("when only the microphone is heard for most of a minute", () => {
    expect(channelsReversed(said(...Array.from({ length: 9 }, () => ["rep", "Go on."] as const)), brief)).toBe("microphoneOnly");
  });
});

describe("The channels seem well", () => {
  it.each<[string, Segment[]]>([
    ["nobody spoke", []],
    ["the customer calls the rep by name", said(["customer", "Hi Dana, good to hear you."], ["customer", "This is Dana's idea, isn't it?"])],
    ["both thank for the time", said(["rep", "Thanks for making the time."], ["customer", "Thank you for taking the time, too."])],
    ["the rep asks a few questions in a row", said(["rep", "Are you there?"], ["rep", "Hello?"], ["rep", "I think you are muted."])],
  ])("while %s", (_, segments) => {
    expect(channelsReversed(segments, brief)).toBeNull();
  });

  const call = salesCall();
  it.skipIf(call === null)("in the recorded call as it is, and not when its channels are swapped", () => {
    const segments = (swap: boolean) => said(...(call?.turns ?? []).map((turn) => [swap === (turn.speaker === "rep") ? "customer" : "rep", turn.text] as const));
    expect([channelsReversed(segments(false), emptyBrief), channelsReversed(segments(true), emptyBrief)]).toEqual([null, "greetsAsSeller"]);
  });
});
