import { describe, expect, it } from "vitest";
import { follow, type Fleet } from "../src/fleet/fleet.js";
import type { FleetView } from "../src/fleet/messages.js";
import { chartData } from "../src/fleet/series.js";
import { golden } from "./golden.js";

const whole = golden<FleetView>("view.fleet.json");
const changes = (number: number, more: Partial<FleetView> = {}): FleetView => ({ ...whole, number, whole: false, series: [], calls: [], gone: [], ...more });

describe("The fleet on the page", () => {
  it("is the whole view with what changed since", () => {
    const call = whole.calls[0]!;
    const slot = whole.series[0]!;
    let fleet = follow(null, whole)!;
    fleet = follow(fleet, changes(8, { calls: [{ ...call, shown: 10 }, { ...call, callId: "c-2" }], series: [{ ...slot, startMs: slot.startMs + 10_000 }] }))!;
    expect([...fleet.calls.values()].map((each) => [each.callId, each.shown])).toEqual([["c-1", 10], ["c-2", 9]]);
    expect([...fleet.series.keys()]).toEqual([slot.startMs, slot.startMs + 10_000]);
    expect([...follow(fleet, changes(9, { gone: ["c-1"] }))!.calls.keys()]).toEqual(["c-2"]);
  });

  it("asks for a whole view after a gap, and ignores what it knows", () => {
    const fleet = follow(null, whole)!;
    expect(follow(fleet, changes(9))).toBeNull();
    expect(follow(null, changes(8))).toBeNull();
    expect(follow(fleet, changes(7))).toBe(fleet);
  });

  it("keeps what did not change as it is, so that nothing is drawn twice", () => {
    const fleet = follow(null, whole)!;
    const next = follow(fleet, changes(8))!;
    expect(next.calls).toBe(fleet.calls);
    expect(next.series).toBe(fleet.series);
  });

  it("forgets what is older than an hour", () => {
    const fleet = follow(null, whole)!;
    const later = follow(fleet, changes(8, { atMs: whole.atMs + 61 * 60_000, series: [{ ...whole.series[0]!, startMs: whole.atMs + 60 * 60_000 }] }))!;
    expect(later.series.size).toBe(1);
  });

  it("draws time in which nothing happened as a gap, and stacks who answered", () => {
    const fleet: Fleet = follow(null, whole)!;
    const { latency, turns } = chartData(fleet, 1);
    expect(latency[0]).toHaveLength(7);
    expect([...latency[2]!]).toEqual([null, null, null, null, null, 0.7, null]);
    expect(turns.slice(1).map((each) => each[5])).toEqual([4, 4, 3]);
  });

  it("draws no latency where no model is set", () => {
    const workers = whole.workers.map((worker) => ({ ...worker, load: worker.load && { ...worker.load, model: "none" as const } }));
    const { latency, turns } = chartData(follow(null, { ...whole, workers })!, 1);
    expect(latency.slice(1).flatMap((each) => [...each]).filter((each) => each !== null)).toEqual([]);
    expect(turns[1]![5]).toBe(4);
  });
});
