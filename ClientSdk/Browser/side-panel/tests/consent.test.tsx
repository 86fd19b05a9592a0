import { Capture, type Consent, type ConsentPolicy } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClock } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { FakeDevices, FakeEngine } from "../../testing/fake-sound.js";
import { App } from "../src/app.js";
import { BriefForm } from "../src/screens/brief-form.js";
import { openSound } from "../src/session/sound.js";

const policy: ConsentPolicy = { mode: "allParty", version: "2026-11", notice: "A program <b>writes</b> this down. All right?" };
const capture = () => new Capture({ devices: new FakeDevices().asDevices, engine: () => Promise.resolve(new FakeEngine()) });
let root: HTMLElement;
let hub: FakeHub;
let clock: FakeClock;

const text = () => root.textContent ?? "";
const button = (label: string) => [...root.querySelectorAll("button")].find((each) => each.textContent?.trim().startsWith(label)) as HTMLButtonElement;
const form = () => root.querySelector("form") as HTMLFormElement;
const during = (action: () => void) => act(async () => { action(); await clock.advance(0); });
const open = () => during(() => render(<App surroundings={{ connect: hub.connect, clock, capture, readPolicy: () => Promise.resolve(policy) }} />, root));
const startCall = async () => {
  await open();
  await during(() => button("Start a call").click());
  await during(() => (root.querySelector(".agree input") as HTMLInputElement).click());
  await during(() => form().dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
};

beforeEach(() => {
  // Frames are drawn when asked for, and there are no sample calls.
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (draw(), 0));
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no samples")));
  localStorage.clear();
  sessionStorage.clear();
  [hub, clock] = [new FakeHub(), new FakeClock()];
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

describe("Consent", () => {
  it("is a step of the form that has to be taken, in the gateway's words", async () => {
    await open();
    await during(() => button("Start a call").click());
    expect(root.querySelector("blockquote")?.textContent).toBe("A program <b>writes</b> this down. All right?");
    expect(form().checkValidity()).toBe(false);
    await during(() => (root.querySelector(".agree input") as HTMLInputElement).click());
    expect(form().checkValidity()).toBe(true);
  });

  it("goes with the call, as it was given", async () => {
    await startCall();
    expect(hub.told("StartCall")).toMatchObject([{ consent: { method: "spoken", policyVersion: "2026-11", everyone: true } }]);
  });

  it("is nobody's business where the gateway asks for none", async () => {
    let given: Consent | null | undefined;
    const sound = openSound({ capture });
    await act(() => render(<BriefForm sound={sound} policy={{ ...policy, mode: "off" }} onBack={() => {}} onStart={(_brief, _language, consent) => (given = consent)} />, root));
    expect(root.querySelector(".agree")).toBeNull();
    await act(() => void form().dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
    expect(given).toBeNull();
  });

  it("that is withdrawn deletes the call, here at once and at the gateway", async () => {
    await startCall();
    await during(() => hub.hear("customer", "c-1", "The platypus is too expensive.", true));
    expect(text()).toContain("platypus");
    await during(() => button("Consent withdrawn").click());
    expect(hub.told("RevokeConsent")).toHaveLength(0);
    await during(() => button("Stop and delete").click());
    expect(hub.told("RevokeConsent")).toHaveLength(1);
    expect(text()).toContain("This call was deleted");
    expect(text()).not.toContain("platypus");
    expect(sessionStorage.length).toBe(0);
  });

  it("that is withdrawn while the gateway is away is told to it later, and nothing else is", async () => {
    await startCall();
    hub.reachable = false;
    await during(() => hub.cut());
    await during(() => button("Consent withdrawn").click());
    await during(() => button("Stop and delete").click());
    expect(text()).toContain("keep this page open");
    hub.reachable = true;
    await act(async () => { await clock.advance(10_000); });
    expect(hub.told("RevokeConsent")).toHaveLength(1);
    expect(hub.told("StartCall").at(-1)).not.toHaveProperty("consent");
    expect(text()).toContain("This call was deleted");
  });

  it("says so where somebody else deleted the call", async () => {
    await startCall();
    await during(() => hub.send({ type: "callEnded", reason: "deleted" }));
    expect(text()).toContain("Somebody who may do so deleted it");
  });
});
