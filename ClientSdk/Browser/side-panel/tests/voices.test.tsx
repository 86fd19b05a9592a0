import { Capture, emptyBrief } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClock, settled } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { FakeDevices, FakeEngine, FakeTrack, streamOf } from "../../testing/fake-sound.js";
import { CallSession } from "../src/session/call-session.js";
import { defaultPreferences } from "../src/session/preferences.js";
import { Live } from "../src/screens/live.js";
import { openSound } from "../src/session/sound.js";

let hub: FakeHub;
let devices: FakeDevices;
let engine: FakeEngine;
let session: CallSession;
let root: HTMLElement;

const clock = new FakeClock();
const button = (name: string) => [...root.querySelectorAll("button")].find((each) => each.textContent?.trim() === name);
const click = (name: string) => act(async () => { button(name)?.click(); await settled(); });
const notice = () => root.querySelector(".notice")?.textContent;

beforeEach(async () => {
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (draw(), 0));
  hub = new FakeHub();
  hub.status = { ...hub.status, transcription: "ready" };
  devices = new FakeDevices();
  engine = new FakeEngine();
  root = document.body.appendChild(document.createElement("div"));
  const sound = openSound({ capture: () => new Capture({ devices: devices.asDevices, engine: () => Promise.resolve(engine) }) });
  await act(async () => {
    session = new CallSession({ brief: { ...emptyBrief, repName: "Dana" }, sound }, { connect: hub.connect, clock });
    render(<Live session={session} preferences={defaultPreferences} onPreferences={() => {}} onLeave={() => {}} />, root);
    await clock.advance(0);
    hub.brief = { ...emptyBrief, repName: "Dana" };
    hub.restore();
    await settled();
  });
});

afterEach(() => {
  render(null, root);
  session.close();
  root.remove();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

describe("During a call the panel", () => {
  it("switches both voices on, and sends what they say", async () => {
    await click("Use microphone");
    await click("Share the meeting");
    expect(root.querySelectorAll("[role=meter]")).toHaveLength(2);
    engine.onMessage({ type: "spoken", spoken: { speaker: "customer", at: 0, pcm: "AAAA", endOfSpeech: false } });
    expect(hub.voices[0]).toMatchObject([{ speaker: "customer", number: 0 }]);
  });

  it("says that the tab is gone, and shares it again", async () => {
    const tab = new FakeTrack("Tab");
    devices.tab = () => streamOf(tab);
    await click("Use microphone");
    await click("Share the meeting");
    await act(() => tab.onended?.());
    expect(notice()).toBe("The shared tab is gone. Share it again to hear the customer.");
    devices.tab = () => streamOf(new FakeTrack("Tab"));
    await click("Share again");
    expect(notice()).toBe("");
  });

  it("says nothing of sound to who only types at a gateway that takes text only", async () => {
    await act(async () => { hub.send({ type: "statusChanged", status: { ...hub.status, transcription: "none" } }); await settled(); });
    expect(root.querySelector(".voices")).toBeNull();
  });

  it("shows the words that did not change lately as firm, and the rest as tentative", async () => {
    await act(async () => {
      hub.hear("customer", "c-1", "That is", false);
      hub.hear("customer", "c-1", "That is more than", false);
      await settled();
    });
    expect(root.querySelector(".turn em")?.firstChild?.textContent).toBe("That is");
    expect(root.querySelector(".turn .tentative")?.textContent).toBe(" more than… ");
  });

  it("offers once to swap speakers who seem to be the wrong way round", async () => {
    await act(async () => { hub.hear("customer", "c-1", "Hi, this is Dana from Relay."); await settled(); });
    expect(root.querySelector(".offer p")?.textContent).toContain("the wrong way round");
    await click("Swap them");
    expect(hub.told("SwapSpeakers")).toHaveLength(1);
    expect(root.querySelector(".offer")).toBeNull();
  });

  it("takes no for an answer", async () => {
    await act(async () => { hub.hear("customer", "c-1", "Hi, this is Dana from Relay."); await settled(); });
    await click("They are right");
    expect(hub.told("SwapSpeakers")).toHaveLength(0);
    expect(root.querySelector(".offer")).toBeNull();
  });
});
