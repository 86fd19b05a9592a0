import type { Segment, Speaker } from "@teleprompter/sdk";
import { describe, expect, it } from "vitest";
import { lastCustomerTurn, turns } from "../src/session/turns.js";

const said = (speaker: Speaker, segmentId: string, startMs: number, endMs: number): Segment =>
  ({ speaker, segmentId, text: segmentId, final: true, endOfTurn: true, startMs, endMs });
const ids = (segments: readonly Segment[]) => turns(segments).map((turn) => turn.segments.map((each) => each.segmentId).join(" "));

describe("A transcript", () => {
  it("joins the sentences of one breath and parts them at a pause or an answer", () => {
    const segments = [said("customer", "a", 0, 1000), said("customer", "b", 1400, 2000), said("rep", "c", 2500, 3000), said("customer", "d", 3500, 4000), said("customer", "e", 9000, 9500)];
    expect(ids(segments)).toEqual(["a b", "c", "d", "e"]);
    expect(lastCustomerTurn(segments)?.segments.map((each) => each.segmentId)).toEqual(["e"]);
  });

  it("has no last customer turn before the customer spoke", () => {
    expect(lastCustomerTurn([said("rep", "a", 0, 1)])).toBeNull();
  });
});
