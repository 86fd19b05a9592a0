import { Capture, emptyBrief, type CallReport, type CutOff, type PersonaView, type ScoreCheck, type TranscriptSegment } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClock } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { FakeDevices, FakeEngine } from "../../testing/fake-sound.js";
import { App } from "../src/app.js";
import { loadRehearsals } from "../src/session/past-rehearsals.js";

const helena: PersonaView = { personaId: "finance-director", name: "Helena <b>Marsh</b>", role: "Finance director", company: "Kestrel", mood: "Short of time. Counts every pound." };
const gary: PersonaView = { personaId: "angry-renewal", name: "Gary Boyle", role: "Head of service", company: "Northgate" };
const cutOff = (over: Partial<CutOff> = {}): CutOff => ({ segmentId: "buyer-1", reason: "monologue", why: "You spoke 24 s without a question.", hangsUp: false, atMs: 1000, ...over });
const check = (question: string, passed: boolean): ScoreCheck => ({ question: question as ScoreCheck["question"], passed, because: `Because of ${question}.`, atMs: passed ? 1000 : null });
const report = (checks: readonly ScoreCheck[]): CallReport => ({
  startedAt: "2026-11-26T09:00:00Z", brief: { ...emptyBrief, customerName: "Helena", company: "Kestrel" }, summary: null, summaryPending: false,
  talk: { repMs: 1, customerMs: 1, repShare: 0.5, longest: null }, cards: [], suggestions: [], transcript: [], scoreCard: { checks },
});

let root: HTMLElement;
let hub: FakeHub;
let clock: FakeClock;
let personas: readonly PersonaView[];
let answer: CallReport | null;

const text = () => root.textContent ?? "";
const button = (label: string) => [...root.querySelectorAll("button")].find((each) => each.textContent?.trim().startsWith(label));
const field = () => root.querySelector<HTMLInputElement>(".composer .field")!;
const during = (action: () => void, ms = 0) => act(async () => { action(); await clock.advance(ms); });
const click = (label: string) => during(() => button(label)!.click());
const submit = (selector: string) => during(() => root.querySelector(selector)!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
const type = (line: string, ms = 0) => during(() => { field().value = line; field().dispatchEvent(new Event("input", { bubbles: true })); }, ms);
const said = () => hub.told("SendTranscript") as TranscriptSegment[];
const capture = () => new Capture({ devices: new FakeDevices().asDevices, engine: () => Promise.resolve(new FakeEngine()) });
const open = async () => {
  await during(() => render(
    <App surroundings={{ connect: hub.connect, clock, capture, readPersonas: () => Promise.resolve(personas), readReport: () => Promise.resolve(answer),
      readPolicy: () => Promise.resolve({ mode: "allParty", version: "2026-11", notice: "All right?" }) }} />, root));
  // What the page reads when it opens has come.
  await during(() => {});
};
const begin = async (testMe = false) => {
  await open();
  await click("Rehearse");
  if (testMe) await during(() => root.querySelector<HTMLInputElement>("[role=switch]")!.click());
  await submit("form");
  await during(() => hub.restore({ rehearsal: { persona: helena, testMe, cutOffs: [] } }));
};

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (draw(), 0));
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no samples")));
  localStorage.clear();
  sessionStorage.clear();
  [hub, clock, personas, answer] = [new FakeHub(), new FakeClock(), [helena, gary], null];
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

describe("The start page", () => {
  it("offers no rehearsal where there is nobody to rehearse with", async () => {
    personas = [];
    await open();
    expect(button("Start a call")).toBeDefined();
    expect(text()).not.toContain("Rehearse");
  });

  it("starts one with the buyer who is chosen, as the customer of the brief, with nobody's consent to ask for", async () => {
    await open();
    await click("Rehearse");
    expect(text()).toContain("Helena <b>Marsh</b>Finance director, KestrelShort of time.");
    expect(root.querySelector(".agree [type=checkbox]:not([role=switch])")).toBeNull();
    await during(() => root.querySelectorAll<HTMLInputElement>("[name=persona]")[1]!.click());
    await submit("form");
    expect(hub.told("StartCall")).toEqual([{
      brief: { ...emptyBrief, customerName: "Gary Boyle", role: "Head of service", company: "Northgate" }, language: "en",
      consent: { method: "simulated", policyVersion: "2026-11", everyone: true }, rehearsal: { personaId: "angry-renewal", testMe: false, voice: true },
    }]);
  });
});

describe("A rehearsal", () => {
  it("offers to hear the rep, and nobody's meeting", async () => {
    hub.status = { ...hub.status, transcription: "ready" };
    await open();
    await click("Rehearse");
    expect([button("Use microphone"), button("Share the meeting")]).toEqual([expect.anything(), undefined]);
    await click("Use microphone");
    await submit("form");
    await during(() => hub.restore({ rehearsal: { persona: helena, testMe: false, cutOffs: [] } }));
    expect([button("Mute"), button("Share the meeting"), root.querySelector(".notice")?.textContent]).toEqual([expect.anything(), undefined, ""]);
  });

  it("lets the rep type as nobody else, heard word by word, and has no consent to withdraw and no speakers to swap", async () => {
    await begin();
    expect([root.querySelector(".composer [type=radio]"), button("Swap"), button("Consent withdrawn")]).toEqual([null, undefined, undefined]);
    await type("We");
    await type("We take ten per", 500);
    await type("We take ten percent off.");
    await submit(".composer");
    expect(said().map(({ speaker, text: words, final, segmentId }) => [speaker, words, final, segmentId === said()[0]?.segmentId])).toEqual([
      ["rep", "We take ten", false, true], ["rep", "We take ten percent", false, true], ["rep", "We take ten percent off.", true, true],
    ]);
  });

  it("says at once that the buyer cut in and why, to a screen reader as well, and ends what was being typed after its last whole word", async () => {
    await begin();
    const status = root.querySelector(".rehearsal [role=status]")!;
    expect(root.querySelector(".cut-off")?.textContent).toBe("Finance director, Kestrel");
    await type("It is an investment in yo");
    await during(() => hub.send({ type: "repCutOff", cutOff: cutOff() }));
    await during(() => hub.hear("customer", "buyer-1", "When does it pay?"));
    expect(root.querySelector(".rehearsal [role=status]")).toBe(status);
    expect(status.textContent).toBe("Helena <b>Marsh</b> cut you off: You spoke 24 s without a question.");
    expect(root.querySelector(".rehearsal")?.hasAttribute("data-fresh")).toBe(true);
    expect([field().value, said().at(-1)]).toMatchObject(["yo", { text: "It is an investment in", final: true, endOfTurn: true }]);
    expect(root.querySelector(".turn .tag")?.textContent).toBe("Cuts in");
  });

  it("keeps what is typed where the buyer cuts in on words that were spoken", async () => {
    await begin();
    await type("Investment");
    await during(() => hub.send({ type: "repCutOff", cutOff: cutOff() }));
    expect([field().value, said()]).toEqual(["Investment", []]);
  });

  it("that tests the rep shows no suggestions and asks for none", async () => {
    await begin(true);
    await during(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "s", bubbles: true })));
    expect([root.querySelector(".say, .card"), button("Suggest now"), hub.told("SuggestNow")]).toEqual([null, undefined, []]);
    expect(text()).toContain("The teleprompter stays silent");
    await click("?");
    expect([...root.querySelectorAll(".keys dd")].map((each) => each.textContent)).not.toContain("Suggest something now");
  });

  it("comes back after a reload as the same rehearsal, with what happened before it", async () => {
    await begin();
    await during(() => {}, 1);
    render(null, root);
    await open();
    expect(hub.told("StartCall").at(-1)).toMatchObject({ resume: { callId: "k1" }, rehearsal: { personaId: "finance-director", testMe: false } });
    await during(() => hub.restore({ rehearsal: { persona: helena, testMe: false, cutOffs: [cutOff()] } }));
    expect(root.querySelector(".cut-off")?.textContent).toContain("You spoke 24 s without a question.");
    expect(button("End rehearsal")).toBeDefined();
  });
});

describe("After a rehearsal", () => {
  it("the buyer who hung up is named, with the reason and the last words", async () => {
    await begin();
    await during(() => {
      hub.send({ type: "repCutOff", cutOff: cutOff({ hangsUp: true }) });
      hub.hear("customer", "buyer-1", "Goodbye.");
      hub.send({ type: "callEnded", reason: "ended" });
    });
    expect(text()).toContain("Helena <b>Marsh</b> hung up. You spoke 24 s without a question. Their last words: “Goodbye.”");
    expect(document.activeElement?.getAttribute("aria-describedby")).toBe("hung-up");
  });

  it("what was being typed when the buyer hung up is read, as far as it was not said", async () => {
    await begin();
    await type("It is an investment in yo");
    const heard = said()[0]!;
    await during(() => {
      hub.send({ type: "repCutOff", cutOff: cutOff({ hangsUp: true }) });
      hub.hear("customer", "buyer-1", "Goodbye.");
      hub.hear("rep", heard.segmentId, heard.text);
      hub.send({ type: "callEnded", reason: "ended" });
    });
    expect(root.querySelector(".unsaid")?.textContent).toBe("You were typing, and it was not said: “yo”");
    expect(root.querySelector(".said")?.textContent).toContain("It is an investment in");
  });

  it("a line that nobody heard is read whole, and one that was said is not shown as lost", async () => {
    await begin();
    await type("Investment");
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    expect(root.querySelector(".unsaid")?.textContent).toContain("“Investment”");
    await click("Rehearse again");
    await during(() => hub.restore({ rehearsal: { persona: helena, testMe: false, cutOffs: [] } }));
    await type("We take ten percent off.");
    await submit(".composer");
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    expect(root.querySelector(".unsaid")).toBeNull();
  });

  it("the score card has each check with what it rests on, also one that this panel does not know, beside the rehearsals before", async () => {
    answer = report([check("nextStep", false), check("smiledOften", true)]);
    localStorage.setItem("teleprompter.rehearsals", JSON.stringify({ rehearsals: [{ at: "a", personaId: "x", yes: ["nextStep"] }, "broken"] }));
    await begin();
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    const rows = [...root.querySelectorAll(".checks > li")].map((row) => [row.querySelector("svg")?.getAttribute("aria-label"), row.querySelector("div")?.textContent, row.querySelector(".past")?.getAttribute("aria-label")]);
    expect(rows).toEqual([["No", "Agreed a next stepBecause of nextStep. ", "Before: yes"], ["Yes", "Smiled oftenBecause of smiledOften. 0:01", "Before: no"]]);
    expect(text()).toContain("1 of 2 yes · before: 1");
    expect(loadRehearsals().map(({ personaId, yes }) => [personaId, yes])).toEqual([["x", ["nextStep"]], ["finance-director", ["smiledOften"]]]);
    expect(localStorage.getItem("teleprompter.rehearsals")).not.toContain("Because");
  });

  it("five are remembered", async () => {
    const past = Array.from({ length: 7 }, (_, at) => ({ at: `${at}`, personaId: "x", yes: [] }));
    localStorage.setItem("teleprompter.rehearsals", JSON.stringify({ rehearsals: past }));
    expect(loadRehearsals().map(({ at }) => at)).toEqual(["2", "3", "4", "5", "6"]);
  });

  it("the same one begins again", async () => {
    await begin(true);
    await during(() => hub.send({ type: "callEnded", reason: "ended" }));
    await click("Rehearse again");
    expect(hub.told("StartCall").at(-1)).toMatchObject({ rehearsal: { personaId: "finance-director", testMe: true } });
    expect(button("End rehearsal")).toBeDefined();
  });
});

describe("After a call", () => {
  const card = (cardId: string, title: string) => ({ type: "cardShown", cardId, turnId: "c-1", title, text: "Words.", fact: null, source: null, playbookVersion: "v" }) as const;

  it("what came up and was neither said nor used is rehearsed, and going back leads to the summary", async () => {
    await open();
    await click("Start a call");
    await submit("form");
    await during(() => {
      hub.send(card("price", "The price feels high"));
      hub.suggest("s-1", "c-1", "Words.", "price");
      hub.send({ type: "suggestionSaid", suggestionId: "s-1" });
      hub.send(card("security", "Security"));
      hub.send({ type: "callEnded", reason: "ended" });
    });
    expect(text()).toContain("1 of 2 topics went unanswered");
    await click("Rehearse what went wrong");
    expect([...root.querySelectorAll(".points li")].map((each) => each.textContent)).toEqual(["Security"]);
    await click("Back");
    expect(text()).toContain("went unanswered");
    await click("Rehearse what went wrong");
    await submit("form");
    expect(hub.told("StartCall").at(-1)).toMatchObject({ rehearsal: { personaId: "finance-director", objections: ["Security"] } });
  });
});
