import { emptyBrief, type CallReport } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { CallSession } from "../src/session/call-session.js";
import { Summary } from "../src/screens/summary.js";

const report = (need: string, summaryPending: boolean): CallReport => ({
  startedAt: "2026-11-21T09:00:00Z",
  brief: emptyBrief,
  summary: { needs: [need], objections: [], commitments: [], nextSteps: [], source: summaryPending ? "cues" : "model" },
  summaryPending,
  talk: { repMs: 1000, customerMs: 3000, repShare: 0.25, longest: { speaker: "customer", startMs: 0, durationMs: 3000 } },
  cards: [],
  suggestions: [],
  transcript: [],
});

let hub: FakeHub;
let clock: FakeClock;
let session: CallSession;
let root: HTMLElement;
let answers: (CallReport | null | Error)[];
let asked: unknown[];
let deleted: unknown[];
let refusal: string | null;

const during = (action: () => void, ms = 0) => act(async () => { action(); await clock.advance(ms); });
const button = (label: string) => [...root.querySelectorAll("button")].find((each) => each.textContent?.startsWith(label)) as HTMLButtonElement;
const text = () => root.textContent ?? "";

beforeEach(async () => {
  hub = new FakeHub();
  clock = new FakeClock();
  root = document.body.appendChild(document.createElement("div"));
  [asked, deleted, refusal] = [[], [], null];
  answers = [];
  const readReport = (ticket: unknown) => {
    asked.push(ticket);
    const answer = answers.shift() ?? null;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const deleteCall = async (ticket: unknown) => {
    if (refusal) throw new Error(refusal);
    deleted.push(ticket);
  };
  await act(async () => {
    session = new CallSession({ brief: emptyBrief }, { connect: hub.connect, clock, readReport, deleteCall });
    render(<Summary session={session} onDone={() => {}} />, root);
    await clock.advance(0);
  });
});

afterEach(() => {
  render(null, root);
  session.close();
  root.remove();
  sessionStorage.clear();
});

describe("The summary screen", () => {
  it("shows what the gateway has of the call, and the model's summary when it is written", async () => {
    answers = [report("A quote <b>by</b> Friday.", true), report("A written quote by Friday.", false)];
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    expect(text()).toContain("A quote <b>by</b> Friday.");
    expect(text()).toContain("The model is writing a better one.");
    expect(text()).toContain("You spoke 25 % of the time.");
    await during(() => {}, 300);
    expect(text()).toContain("A written quote by Friday.");
    expect(text()).not.toContain("better one");
    await during(() => {}, 60_000);
    expect(asked).toEqual([{ callId: "k1", resumeToken: "secret" }, { callId: "k1", resumeToken: "secret" }]);
  });

  it("asks again for a while where the gateway cannot be reached, and then does without", async () => {
    answers = [new Error("unreachable")];
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    await during(() => {}, 120_000);
    expect(asked).toHaveLength(9);
    expect(text()).toContain("Transcript");
    expect(text()).not.toContain("You spoke");
  });

  it("counts a suggestion as used that the rep was heard saying", async () => {
    await during(() => {
      hub.suggest("s-1", "c-1", "Which number do they care about?");
      hub.send({ type: "suggestionSaid", suggestionId: "s-1" });
    });
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    expect(text()).toContain("1 of 1 suggestion used");
  });

  it("deletes the call once the rep has confirmed what is deleted, and nothing comes back afterwards", async () => {
    answers = [report("A quote by Friday.", true), report("A written quote by Friday.", false)];
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    await during(() => button("Delete this call").click());
    expect(root.querySelector("dialog")?.textContent).toContain("transcript, brief, suggestions, consent and summary are deleted");
    expect(deleted).toEqual([]);
    await during(() => button("Delete the call").click());
    expect(deleted).toEqual([{ callId: "k1", resumeToken: "secret" }]);
    expect([session.deleted, session.deletedHere]).toEqual([true, true]);
    await during(() => {}, 60_000);
    expect(session.record.report).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it("keeps the call where the rep does not confirm, and says why where the gateway did not delete it", async () => {
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    await during(() => button("Delete this call").click());
    await during(() => root.querySelector("dialog")?.dispatchEvent(new Event("close")));
    expect([deleted.length, root.querySelector("dialog")]).toEqual([0, null]);
    refusal = "Not deleted: the gateway cannot reach its storage. Try again in a minute.";
    await during(() => button("Delete this call").click());
    await during(() => button("Delete the call").click());
    expect(text()).toContain(refusal);
    expect(session.deleted).toBe(false);
  });
});
