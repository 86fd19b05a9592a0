import { emptyBrief } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClock } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { CallSession } from "../src/session/call-session.js";
import { defaultPreferences } from "../src/session/preferences.js";
import { Live } from "../src/screens/live.js";

let hub: FakeHub;
let clock: FakeClock;
let session: CallSession;
let root: HTMLElement;

const card = { type: "cardShown", cardId: "price", turnId: "c-1", title: "The price is too high", text: "What would it need to return?", fact: "11 hours a week.", source: "Survey", playbookVersion: "v" } as const;
const shown = (selector: string) => root.querySelector(selector)?.textContent?.trim() ?? null;
const words = () => shown(".arriving");
const hear = (action: () => void) => act(async () => { action(); await clock.advance(0); });
const press = (key: string, target: Element = document.body) => hear(() => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));

beforeEach(async () => {
  // Frames are drawn when asked for: the tests look at what was drawn.
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (draw(), 0));
  hub = new FakeHub();
  clock = new FakeClock();
  root = document.body.appendChild(document.createElement("div"));
  await act(async () => {
    session = new CallSession({ brief: emptyBrief }, { connect: hub.connect, clock });
    render(<Live session={session} preferences={defaultPreferences} onPreferences={() => {}} onLeave={() => {}} />, root);
    await clock.advance(0);
  });
});

afterEach(() => {
  render(null, root);
  session.close();
  root.remove();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

describe("The panel", () => {
  it("shows what is said as text, whatever it looks like", async () => {
    const attack = `<img src=x onerror="alert(1)"><b>bold</b>`;
    await hear(() => {
      hub.hear("customer", "c-1", attack);
      hub.send({ ...card, title: attack });
      hub.suggest("s-1", "c-1", attack);
    });
    expect(root.querySelector("img, .arriving b, h2 b")).toBeNull();
    expect(words()).toBe(attack);
    expect(shown("#card-title")).toBe(attack);
    expect(shown(".turn")).toContain(attack);
  });

  it("marks words that may still change by more than colour", async () => {
    await hear(() => hub.hear("customer", "c-1", "That is more", false));
    expect(shown(".turn em")).toBe("That is more…");
    await hear(() => hub.hear("customer", "c-1", "That is more than we planned.", true));
    expect(root.querySelector(".turn em")).toBeNull();
  });

  it("shows the playbook's words once: as the suggestion, with the card's fact and source", async () => {
    await hear(() => hub.send(card));
    expect(shown(".card-text")).toBe("What would it need to return?");
    await hear(() => hub.suggest("s-1", "c-1", card.text, "price"));
    expect(words()).toBe("What would it need to return?");
    expect(root.querySelector(".card-text")).toBeNull();
    expect(shown(".fact")).toContain("11 hours a week.");
    expect(shown(".source")).toContain("Survey");
  });

  it("does not bring dismissed words back through the card", async () => {
    await hear(() => {
      hub.send(card);
      hub.suggest("s-1", "c-1", card.text, "price");
    });
    await press("Escape");
    expect([words(), root.querySelector(".card-text")]).toEqual(["", null]);
    expect(shown("#card-title")).toBe("The price is too high");
  });

  it("tells screen readers a suggestion when it is finished, not word by word", async () => {
    const told = () => shown(".say [aria-live]");
    await hear(() => {
      hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
      hub.send({ type: "suggestionDelta", suggestionId: "s-1", index: 0, text: "That is fair " });
    });
    expect([words(), told()]).toEqual(["That is fair", ""]);
    await hear(() => hub.complete("s-1", "That is fair."));
    expect(told()).toBe("That is fair.");
  });

  it("marks a figure that nothing supports while the suggestion is still being written", async () => {
    await hear(() => {
      hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
      hub.send({ type: "suggestionDelta", suggestionId: "s-1", index: 0, text: "It is $29 a seat ", unsupportedFigures: ["$29"] });
    });
    expect(root.querySelector(".say .remark")?.textContent).toContain("Check $29");
  });

  it("says in plain words that there is nothing to suggest, and moves nothing", async () => {
    await hear(() => hub.suggest("s-1", "c-1", "That is fair."));
    await press("s");
    await hear(() => hub.send({ type: "turnSettled", turnId: "now-1", outcome: "abstained", reason: "noCard", suggestionId: null }));
    expect(hub.told("SuggestNow")).toHaveLength(1);
    expect(shown(".say .remark")).toBe("Nothing in the playbook for this yet.");
    expect(words()).toBe("That is fair.");
  });

  it("says that they said more when a suggestion is taken back", async () => {
    await hear(() => {
      hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
      hub.send({ type: "suggestionDelta", suggestionId: "s-1", index: 0, text: "That" });
      hub.send({ type: "suggestionWithdrawn", suggestionId: "s-1", reason: "newerTurn" });
    });
    expect([words(), shown(".placeholder")]).toEqual(["", "They said more."]);
  });

  it("marks tentative words by more than colour, leaves them in place when they are firm, and brings back what stood before", async () => {
    const guess = (suggestionId: string) => {
      hub.send({ type: "suggestionStarted", suggestionId, turnIds: ["c-2"], source: "model", cardId: null, tentative: true });
      hub.send({ type: "suggestionDelta", suggestionId, index: 0, text: "Half is a lot. " });
    };
    const tags = () => [...root.querySelectorAll(".say .tag")].map((tag) => tag.textContent);
    await hear(() => { hub.hear("customer", "c-1", "Is it safe?"); hub.suggest("s-1", "c-1", "Always encrypted."); });
    await hear(() => { hub.hear("customer", "c-2", "We pay half of that.", true, 5000); guess("s-2"); });
    expect([words(), tags()]).toEqual(["Half is a lot.", ["Model", "Tentative"]]);
    expect(root.querySelector<HTMLButtonElement>(".say button")!.disabled).toBe(true);

    await hear(() => hub.send({ type: "suggestionWithdrawn", suggestionId: "s-2", reason: "resumed" }));
    expect([words(), tags(), shown(".remark")]).toEqual(["Always encrypted.", ["Model"], ""]);

    await hear(() => guess("s-3"));
    const place = root.querySelector(".arriving");
    await hear(() => hub.send({ type: "suggestionConfirmed", suggestionId: "s-3", turnIds: ["c-2"] }));
    expect([words(), tags(), root.querySelector(".arriving")]).toEqual(["Half is a lot.", ["Model"], place]);
    expect(root.querySelector("[data-tentative]")).toBeNull();
  });

  it("names in the badge what ran while they spoke, beside the sum", async () => {
    const latency = { turnMs: 400, busMs: 0, coalesceMs: 0, heldMs: 0, contextMs: 1, firstTokenMs: 20, sinceOldestMs: 421, hiddenMs: 290, serverMs: 421 };
    await hear(() => {
      hub.hear("customer", "c-1", "Is it safe?");
      hub.send({ type: "suggestionStarted", suggestionId: "s-1", turnIds: ["c-1"], source: "model", cardId: null });
      hub.send({ type: "suggestionCompleted", suggestionId: "s-1", text: "Always.", source: "model", cardId: null, playbookVersion: null, latency });
    });
    expect([...root.querySelectorAll(".stages tfoot tr")].map((row) => row.textContent)).toEqual(["All of it421 ms", "While they spoke, in no sum290 ms"]);
  });

  it("holds a second thought until the rep is silent", async () => {
    await hear(() => {
      hub.hear("customer", "c-1", "It is too expensive.", true, 1000);
      hub.suggest("s-1", "c-1", "That is fair.");
      hub.hear("rep", "r-1", "Well, let me", false, 3000);
      hub.suggest("s-2", "c-1", "On second thought.");
    });
    expect(words()).toBe("That is fair.");
    await act(() => clock.advance(2500));
    expect(words()).toBe("On second thought.");
  });

  it("marks used, pins and dismisses by keyboard", async () => {
    await hear(() => hub.suggest("s-1", "c-1", "That is fair."));
    await press("Enter");
    await press("p");
    expect(root.querySelector(".kept")).toBeNull();
    await press("Escape");
    expect(hub.told("SendFeedback")).toEqual(["used", "pinned", "dismissed"].map((kind) => ({ suggestionId: "s-1", kind })));
    expect(words()).toBe("");
    expect(shown(".kept")).toContain("That is fair.");
    expect(session.record.used).toEqual(["s-1"]);
  });

  it("never takes a key from a field", async () => {
    const field = root.querySelector<HTMLInputElement>(".composer .field");
    for (const key of ["s", "o", "x", "p", "Enter", "Escape"]) if (field) await press(key, field);
    expect(hub.calls.map((call) => call.method)).toEqual(["StartCall"]);
  });

  it("goes off the record at once", async () => {
    await press("o");
    expect(hub.told("Pause")).toHaveLength(1);
    expect(shown(".status")).toBe("Paused");
    expect(shown("#say-title")).toBe("Off the record");
    expect(shown(".placeholder")).toBe("Nothing is heard or kept.");
  });

  it("reaches everything by mouse too", () => {
    const labels = [...root.querySelectorAll("button")].map((button) => button.getAttribute("aria-label") ?? button.textContent ?? "");
    for (const label of ["Used", "Dismiss", "Pin", "Suggest now", "Pause", "Swap speakers", "End call", "All keys", "Large view"]) {
      expect(labels.some((each) => each.includes(label)), label).toBe(true);
    }
  });
});
