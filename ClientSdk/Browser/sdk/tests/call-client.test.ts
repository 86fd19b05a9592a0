import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock, settled } from "../../testing/fake-clock.js";
import { FakeHub, line } from "../../testing/fake-hub.js";
import { CallClient, emptyBrief, type StartCallRequest } from "../src/index.js";
import { golden } from "./golden.js";
import { retryDelay } from "../src/time/retry-delay.js";

let hub: FakeHub;
let clock: FakeClock;
let client: CallClient;

beforeEach(() => {
  hub = new FakeHub();
  clock = new FakeClock();
  client = new CallClient({ connect: hub.connect, clock, random: () => 0.5 });
});

async function start(): Promise<void> {
  client.start({ brief: { ...emptyBrief, customerName: "Lee" } });
  await settled();
}

describe("A client starts a call", () => {
  it("with its brief, and is open", async () => {
    await start();
    expect(hub.told("StartCall")).toEqual([{ brief: { ...emptyBrief, customerName: "Lee" } }]);
    expect(client.connection.phase).toBe("open");
    expect(client.ticket).toEqual({ callId: "k1", resumeToken: "secret" });
  });

  it("as a rehearsal, also where a new one begins in place of one that is gone", async () => {
    const { rehearsal } = golden<StartCallRequest>("messages/request.startCall.json");
    hub.known = false;
    client.start({ ...(rehearsal && { rehearsal }), ticket: { callId: "k0", resumeToken: "old" } });
    await settled();
    expect(hub.told("StartCall")).toMatchObject([{ rehearsal: { personaId: "finance-director", testMe: true, objections: ["The price feels high"] } }]);
  });

  it("and applies events that overtake the reply", async () => {
    hub.number = 7;
    hub.answers.StartCall = () => {
      hub.hear("customer", "c-1", "Hello?");
      return Promise.resolve({ callId: "k1", resumeToken: "secret", number: 7, elapsedMs: 0, resumed: false });
    };
    await start();
    expect(client.view.segments.map((each) => each.text)).toEqual(["Hello?"]);
  });

  it("and keeps trying for ever while the gateway is not there", async () => {
    hub.reachable = false;
    await start();
    for (const waitMs of [0, 500, 1000, 2000, 5000, 5000]) {
      expect(clock.planned).toEqual([waitMs]);
      await clock.advance(waitMs);
    }
    hub.reachable = true;
    await clock.advance(5000);
    expect(client.connection.phase).toBe("open");
  });

  it("and says why an attempt failed", async () => {
    const failures: string[] = [];
    client.onConnectFailed = (message) => failures.push(message);
    hub.answers.StartCall = () => Promise.reject(new Error("HubException: retry: No worker is running."));
    await start();
    expect(failures).toEqual(["No worker is running."]);
  });

  it("and gives up an attempt that hangs", async () => {
    hub.answers.StartCall = () => new Promise(() => {});
    await start();
    delete hub.answers.StartCall;
    await clock.advance(8000);
    await clock.advance(0);
    expect(client.connection.phase).toBe("open");
  });
});

describe("A client that lost its connection", () => {
  it("says for how long, and resumes its call after the last event it handled", async () => {
    await start();
    hub.hear("customer", "c-1", "Hello?");
    hub.reachable = false;
    hub.cut();
    await clock.advance(3000);
    expect(client.connection).toEqual({ phase: "reconnecting", awaySeconds: 3 });
    hub.reachable = true;
    await clock.advance(1000);
    expect(client.connection.phase).toBe("open");
    expect(hub.told("StartCall").at(-1)).toMatchObject({ resume: { callId: "k1", resumeToken: "secret", lastNumber: 1, atMs: expect.any(Number) } });
  });

  it("sends the finals that were not acknowledged again, in their order, and no other", async () => {
    await start();
    client.hear(line("customer", "c-1", "One."));
    await settled();
    hub.answers.SendTranscript = () => new Promise(() => {});
    client.hear(line("customer", "c-2", "Two."));
    hub.cut();
    client.hear(line("rep", "r-1", "Thr", false));
    client.hear(line("rep", "r-1", "Three."));
    expect(client.unsent).toBe(2);
    delete hub.answers.SendTranscript;
    hub.calls.length = 0;
    await clock.advance(0);
    expect(hub.told("SendTranscript").map((each) => (each as { text: string }).text)).toEqual(["Two.", "Three."]);
    expect(client.unsent).toBe(0);
    expect(client.dropped).toBe(1);
  });

  it("judges turns by the language that the gateway tells", async () => {
    const reply = { callId: "k1", resumeToken: "secret", number: 0, elapsedMs: 0, resumed: false, language: "de" };
    hub.answers.StartCall = () => Promise.resolve(reply);
    await start();
    client.hear(line("customer", "c-1", "wir warten und"));
    await clock.advance(1000);
    expect(hub.told("SendTranscript")).toMatchObject([{ endOfTurn: false }]);
    await clock.advance(600);
    expect(hub.told("SendTranscript")).toMatchObject([{ endOfTurn: false }, { endOfTurn: true }]);
  });

  it("sends the end of a turn again although the segment itself was acknowledged", async () => {
    await start();
    const answers: (() => void)[] = [];
    hub.answers.SendTranscript = () => new Promise<void>((resolve) => answers.push(resolve));
    client.hear(line("customer", "c-1", "It is too expensive."));
    await clock.advance(600);
    answers[0]?.();
    await settled();
    expect([answers.length, client.unsent]).toEqual([2, 1]);
    hub.cut();
    hub.calls.length = 0;
    await clock.advance(0);
    expect(hub.told("SendTranscript")).toMatchObject([{ segmentId: "c-1", endOfTurn: true }]);
  });

  it("keeps to the rate limit when many finals wait, and loses the oldest beyond 200, counted", async () => {
    await start();
    hub.reachable = false;
    hub.cut();
    for (let n = 1; n <= 205; n++) client.hear(line("customer", `c-${n}`, `Line ${n}.`));
    expect(client.unsent).toBe(200);
    expect(client.dropped).toBe(5);
    hub.reachable = true;
    await clock.advance(0);
    expect(hub.told("SendTranscript")).toHaveLength(20);
    client.hear(line("rep", "r-1", "Last."));
    await clock.advance(10_000);
    const sent = hub.told("SendTranscript").map((each) => (each as { segmentId: string }).segmentId);
    expect(sent).toHaveLength(201);
    expect([sent[0], sent.at(-1)]).toEqual(["c-6", "r-1"]);
    expect(client.unsent).toBe(0);
  });

  it("is set right by the snapshot, with nothing doubled", async () => {
    await start();
    hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
    hub.send({ type: "suggestionDelta", suggestionId: "s-1", index: 0, text: "That is" });
    hub.cut();
    await clock.advance(0);
    hub.restore({ suggestion: { suggestionId: "s-1", turnIds: ["c-1"], text: "That is fair", nextIndex: 2, source: "model", cardId: null } });
    hub.send({ type: "suggestionDelta", suggestionId: "s-1", index: 2, text: "." });
    expect(client.view.suggestion?.text).toBe("That is fair.");
  });

  it("goes on in a new call, and says so, when the old one is not known any more", async () => {
    let anew = 0;
    client.onStartedAnew = () => anew++;
    await start();
    hub.hear("customer", "c-1", "Hello?");
    hub.known = false;
    hub.cut();
    await clock.advance(0);
    expect(anew).toBe(1);
    expect(client.view.segments).toEqual([]);
    expect(client.connection.phase).toBe("open");
  });

  it("stays off the record when the rep paused meanwhile", async () => {
    await start();
    hub.reachable = false;
    hub.cut();
    client.pause();
    expect(client.view.status.paused).toBe(true);
    client.hear(line("customer", "c-1", "Between us."));
    hub.reachable = true;
    await clock.advance(0);
    hub.restore();
    expect(hub.told("Pause")).toHaveLength(1);
    expect(hub.told("SendTranscript")).toEqual([]);
  });
});

describe("A client whose call ended", () => {
  it("by moving to another window stays away until it is asked back", async () => {
    await start();
    hub.send({ type: "callEnded", reason: "movedElsewhere" });
    hub.cut();
    await clock.advance(60_000);
    expect(client.connection.phase).toBe("moved");
    expect(hub.told("StartCall")).toHaveLength(1);
    client.takeBack();
    await settled();
    expect(client.connection.phase).toBe("open");
    expect(hub.told("StartCall").at(-1)).toMatchObject({ resume: { callId: "k1" } });
  });

  it("by the rep does not come back", async () => {
    await start();
    client.end();
    hub.send({ type: "callEnded", reason: "ended" });
    await clock.advance(60_000);
    expect(hub.told("EndCall")).toHaveLength(1);
    expect(client.connection.phase).toBe("ended");
    expect(hub.told("StartCall")).toHaveLength(1);
  });
});

describe("A client acknowledges", () => {
  it("every sixteen events", async () => {
    await start();
    for (let n = 1; n <= 33; n++) hub.hear("customer", `c-${n}`, "Hello?");
    expect(hub.told("Acknowledge")).toEqual([{ number: 16 }, { number: 32 }]);
  });

  it("a finished suggestion, with what it measured of it", async () => {
    await start();
    client.hear(line("customer", "c-1", "Why is it so expensive?"));
    await clock.advance(320);
    hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
    hub.send({ type: "suggestionDelta", suggestionId: "s-1", index: 0, text: "That" });
    await clock.advance(4);
    client.painted("s-1");
    await clock.advance(200);
    hub.complete("s-1", "That is fair.");
    expect(hub.told("Acknowledge")).toEqual([{ number: 3, suggestionId: "s-1", networkMs: 8.5, renderMs: 4 }]);
  });

  it("the network's part alone when the end of the turn was only judged later", async () => {
    await start();
    client.hear(line("customer", "c-1", "It is too expensive."));
    await clock.advance(600);
    expect(hub.told("SendTranscript").map((each) => (each as { endOfTurn: boolean }).endOfTurn)).toEqual([false, true]);
    const latency = { turnMs: 595, busMs: 0, coalesceMs: 0, heldMs: 0, contextMs: 1, firstTokenMs: 0, sinceOldestMs: 596, serverMs: 596 };
    hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
    hub.send({ type: "suggestionCompleted", suggestionId: "s-1", text: "Fair.", source: "model", cardId: null, playbookVersion: null, latency });
    expect(client.timing("s-1").networkMs).toBe(4);
  });

  it("the network's part from the first sending when the final had to go again", async () => {
    await start();
    hub.answers.SendTranscript = () => new Promise(() => {});
    client.hear(line("customer", "c-1", "Is it safe?"));
    hub.reachable = false;
    hub.cut();
    await clock.advance(200);
    hub.reachable = true;
    delete hub.answers.SendTranscript;
    await clock.advance(300);
    hub.suggest("s-1", "c-1", "Yes.", "security");
    expect(client.timing("s-1").networkMs).toBe(498.5);
  });

  it("the painting of a suggestion that came whole once it is painted", async () => {
    await start();
    client.hear(line("customer", "c-1", "Why is it so expensive?"));
    await clock.advance(2);
    hub.suggest("s-1", "c-1", "What would it need to return?", "price-too-high");
    await clock.advance(9);
    client.painted("s-1");
    client.painted("s-1");
    expect(hub.told("Acknowledge")).toEqual([{ number: 3, suggestionId: "s-1", networkMs: 0.5 }, { number: 3, suggestionId: "s-1", renderMs: 9 }]);
  });

  it("a snapshot", async () => {
    await start();
    hub.restore();
    expect(hub.told("Acknowledge")).toEqual([{ number: 1 }]);
  });
});

describe("A client", () => {
  it("asks for a snapshot after a gap", async () => {
    await start();
    hub.number = 5;
    hub.hear("customer", "c-1", "Hello?");
    expect(hub.told("Resync")).toHaveLength(1);
  });

  it("tells what the hub refused in the hub's own words, and goes on", async () => {
    const errors: string[] = [];
    client.onError = (message) => errors.push(message);
    await start();
    hub.answers.SendTranscript = () => Promise.reject(new Error("An unexpected error occurred invoking 'SendTranscript' on the server. HubException: text is longer than 2,000 characters."));
    client.hear(line("customer", "c-1", "x"));
    await settled();
    expect(errors).toEqual(["text is longer than 2,000 characters."]);
    expect(client.unsent).toBe(0);
    expect(client.connection.phase).toBe("open");
  });

  it("sends a final again that storage could not take, after growing waits, and answers new words meanwhile", async () => {
    await start();
    hub.answers.SendTranscript = () => Promise.reject(new Error("HubException: retry: Storage is not reachable."));
    client.hear(line("customer", "c-1", "Is it safe?"));
    await settled();
    expect(client.unsent).toBe(1);
    expect(clock.planned).toEqual([500]);
    await clock.advance(500);
    expect(clock.planned).toEqual([1000]);
    expect(hub.told("SendTranscript")).toHaveLength(2);
    delete hub.answers.SendTranscript;
    client.hear(line("customer", "c-2", "Is it fast?"));
    expect(hub.told("SendTranscript").at(-1)).toMatchObject({ segmentId: "c-2" });
    await clock.advance(1000);
    expect(hub.told("SendTranscript").at(-1)).toMatchObject({ segmentId: "c-1" });
    expect(client.unsent).toBe(0);
    expect(clock.planned).toEqual([]);
  });

  it("keeps feedback over a lost connection and a refusal that passes, in its order", async () => {
    await start();
    hub.reachable = false;
    hub.cut();
    client.feedback("s-1", "pinned");
    client.feedback("s-1", "unpinned");
    expect(client.feedbackWaiting).toBe(2);
    hub.reachable = true;
    hub.answers.SendFeedback = () => Promise.reject(new Error("HubException: retry: Too many messages."));
    await clock.advance(0);
    expect(hub.told("SendFeedback")).toHaveLength(1);
    delete hub.answers.SendFeedback;
    await clock.advance(500);
    expect(hub.told("SendFeedback").map((each) => (each as { kind: string }).kind)).toEqual(["pinned", "pinned", "unpinned"]);
    expect(client.feedbackWaiting).toBe(0);
  });

  it("gives up the oldest feedback beyond fifty, counted", async () => {
    await start();
    hub.reachable = false;
    hub.cut();
    for (let n = 1; n <= 53; n++) client.feedback(`s-${n}`, "used");
    expect([client.feedbackWaiting, client.feedbackDropped]).toEqual([50, 3]);
    hub.reachable = true;
    await clock.advance(0);
    expect(hub.told("SendFeedback")[0]).toEqual({ suggestionId: "s-4", kind: "used" });
  });

  it("sends nothing that is said off the record", async () => {
    await start();
    client.pause();
    client.hear(line("customer", "c-1", "Between us."));
    await settled();
    expect(hub.told("SendTranscript")).toEqual([]);
    client.resume();
    await settled();
    client.hear(line("customer", "c-2", "Back to it."));
    expect(hub.told("SendTranscript")).toHaveLength(1);
  });

  it("waits 0, 0.5, 1, 2, then always 5 s, give or take a fifth", () => {
    expect([0, 1, 2, 3, 4, 50].map((attempt) => retryDelay(attempt, 0.5))).toEqual([0, 500, 1000, 2000, 5000, 5000]);
    expect([retryDelay(4, 0), retryDelay(4, 1)].map(Math.round)).toEqual([4000, 6000]);
  });
});
