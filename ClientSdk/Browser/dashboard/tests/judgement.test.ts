import { describe, expect, it } from "vitest";
import { alarms, urgency } from "../src/fleet/alarms.js";
import { banners } from "../src/fleet/banners.js";
import { firstSort, rows } from "../src/fleet/call-rows.js";
import { follow, windowOf, type Fleet } from "../src/fleet/fleet.js";
import { buildOf, costOf, money, percent, seconds } from "../src/fleet/format.js";
import type { CallSight, FleetView, LiveCallView, WindowView } from "../src/fleet/messages.js";
import { merge, recordWords } from "../src/fleet/record-words.js";
import { standing, trend, worstCause } from "../src/fleet/verdict.js";
import { golden } from "./golden.js";

const view = golden<FleetView>("view.fleet.json");
const fleet: Fleet = follow(null, view)!;
const window = windowOf(fleet, 5)!;
const with_ = (answered: WindowView["answered"], more: Partial<WindowView> = {}): WindowView => ({ ...window, answered, unanswered: {}, ...more });

describe("The sentence about the worst cause", () => {
  it("names the longest stage and its part", () => {
    expect(worstCause(window, false)).toBe("Model's first words: 75 % of the time.");
  });

  it("says first that turns got no answer, and why", () => {
    expect(worstCause(with_({ model: 40, playbook: 6, nobody: 4 }, { unanswered: { held: 1, modelFailed: 3 } }), false))
      .toBe("4 turns of 50 got no answer: the model failed (3), waited too long for a free model (1).");
  });

  it("says that the playbook does the model's work", () => {
    expect(worstCause(with_({ model: 10, playbook: 40, nobody: 0 }), false)).toBe("The playbook answers 80 % of the turns; the model only 20 %.");
  });

  it("misses nothing where no model is set and no card fits small talk", () => {
    const smallTalk = with_({ model: 0, playbook: 1, nobody: 3 }, { unanswered: { noCard: 3 } });
    expect(worstCause(smallTalk, true)).toBe("A card fits 1 of 4 turns.");
    expect(worstCause(smallTalk, false)).toBe("3 turns of 4 got no answer: no card fits (3).");
    expect(worstCause(with_({ model: 0, playbook: 1, nobody: 3 }, { unanswered: { noCard: 2, stale: 1 } }), true))
      .toBe("1 turn of 4 got no answer: its moment had passed (1).");
  });

  it("does not judge where nobody asked", () => {
    expect(worstCause(with_({ model: 0, playbook: 0, nobody: 0 }), false)).toBe("No customer asked anything in the last 5 minutes.");
    expect(standing({ ...window, firstWords: null }, 850)).toBe("none");
  });

  it("is within or over the budget by p95", () => {
    expect(standing(window, 850)).toBe("good");
    expect(standing(window, 700)).toBe("over");
  });

  it("tells the trend against the hour", () => {
    const hour = (p95: number): WindowView => ({ ...window, minutes: 60, firstWords: { p50: 1, p95, p99: 1 } });
    expect(trend(window, hour(782))).toBe("→ as over the last hour");
    expect(trend(window, hour(600))).toBe("↑ 0.18 s slower than over the last hour");
    expect(trend(window, hour(1000))).toBe("↓ 0.22 s faster than over the last hour");
  });
});

describe("Alarms", () => {
  const now = 1_767_225_600_000;
  const calm: LiveCallView = { ...view.calls[0]!, waitingSinceMs: null, repHeardAtMs: now - 2000, customerHeardAtMs: now - 4000 };
  const texts = (more: Partial<LiveCallView>) => alarms({ ...calm, ...more }, now).map((alarm) => alarm.text);

  it("are silent while all is well", () => {
    expect(texts({})).toEqual([]);
  });

  it("leave a rehearsal alone", () => {
    expect(texts({ rehearsesWith: "finance-director", waitingSinceMs: now - 4000, connected: false })).toEqual([]);
  });

  it("hear dead air, and then that nothing is heard at all", () => {
    expect(texts({ repHeardAtMs: now - 20_000, customerHeardAtMs: now - 22_000 })).toEqual(["Dead air 20 s"]);
    expect(texts({ repHeardAtMs: null, customerHeardAtMs: null, startedAtMs: now - 130_000 })).toEqual(["Nothing heard for 2 min"]);
  });

  it("see a customer waiting, a lost channel, a closed panel and a call that is not kept", () => {
    expect(texts({ waitingSinceMs: now - 4000 })).toEqual(["Customer waiting 4 s"]);
    expect(texts({ status: { ...calm.status, hearing: "repOnly" } })).toEqual(["Not hearing the customer"]);
    expect(texts({ connected: false, repHeardAtMs: now - 20_000, customerHeardAtMs: now - 20_000 })).toEqual(["Panel not connected"]);
    expect(texts({ status: { ...calm.status, storage: "unavailable", model: "unavailable" } })).toEqual(["Not being kept", "Playbook only"]);
  });

  it("leave a paused call alone", () => {
    expect(texts({ status: { ...calm.status, paused: true }, repHeardAtMs: null, customerHeardAtMs: null })).toEqual([]);
  });

  it("come first in the table, the most pressing of them at the top", () => {
    const calls = new Map([
      ["calm", { ...calm, callId: "calm" }],
      ["quiet", { ...calm, callId: "quiet", repHeardAtMs: now - 20_000, customerHeardAtMs: now - 20_000 }],
      ["waiting", { ...calm, callId: "waiting", waitingSinceMs: now - 9000 }],
    ]);
    const found = rows({ ...fleet, atMs: now, calls }, "", firstSort);
    expect(found.map((row) => row.call.callId)).toEqual(["waiting", "quiet", "calm"]);
    expect(urgency(found[2]!.alarms)).toBe(0);
    expect(rows({ ...fleet, atMs: now, calls }, "dead air", firstSort).map((row) => row.call.callId)).toEqual(["quiet"]);
  });
});

describe("Banners", () => {
  const worker = view.workers[0]!;
  const keys = (more: Partial<Fleet>) => banners({ ...fleet, ...more }).map((banner) => banner.key);

  it("say nothing while all is well", () => {
    expect(keys({})).toEqual([]);
  });

  it("say what happened, what still works and what to do", () => {
    expect(keys({ workers: [] })).toEqual(["noWorker"]);
    expect(keys({ workers: [worker, { ...worker, workerId: "w-2", gone: true }] })).toEqual(["w-2"]);
    expect(keys({ workers: [worker, { ...worker, workerId: "w-2", gone: true, draining: true }] })).toEqual([]);
    expect(keys({ workers: [worker, { ...worker, playbookVersion: "other" }] })).toEqual(["playbooks"]);
    expect(keys({ workers: [worker, { ...worker, clockBehindMs: -120_000 }] })).toEqual(["clock"]);
    expect(keys({ workers: [{ ...worker, load: { ...worker.load!, model: "unavailable" } }] })).toEqual(["model"]);
    expect(keys({ workers: [{ ...worker, load: { ...worker.load!, held: 2 } }] })).toEqual(["held"]);
    expect(keys({ windows: [with_({ model: 1, playbook: 0, nobody: 1 })] })).toEqual(["nobody"]);
    const smallTalk = { windows: [with_({ model: 0, playbook: 1, nobody: 1 }, { unanswered: { noCard: 1 } })] };
    expect(keys(smallTalk)).toEqual(["nobody"]);
    expect(keys({ ...smallTalk, workers: [{ ...worker, load: { ...worker.load!, model: "none" } }] })).toEqual([]);
  });
});

describe("Words and figures", () => {
  it("tell what became of each record, and replace one that was amended", () => {
    const records = golden<CallSight>("sight.records.json").records!;
    expect(records.map(recordWords)).toEqual(["Answered by the model", "Taken back: for a newer turn, held for a while"]);
    expect(recordWords({ ...records[0]!, model: "small" })).toBe("Answered by the model small");
    expect(merge(records, [{ ...records[0]!, networkMs: 99 }]).map((each) => each.networkMs)).toEqual([99, null]);
  });

  it("name a build by its commit, else by its version", () => {
    expect([buildOf("1.0.0+9ae883a1f2"), buildOf("1.2.0")]).toEqual(["9ae883a", "1.2.0"]);
  });

  it("always carry their unit", () => {
    expect([seconds(412), seconds(12_345), percent(0.004), percent(0.71)]).toEqual(["0.41 s", "12.3 s", "< 1 %", "71 %"]);
    expect(money(costOf({ in: 1_000_000, out: 500_000, cancelledIn: 0, cancelledOut: 0 }, view.targets)!, "USD")).toBe("0.450 USD");
    expect(costOf(view.calls[0]!.tokens, { ...view.targets, inputPrice: null, outputPrice: null })).toBeNull();
  });
});
