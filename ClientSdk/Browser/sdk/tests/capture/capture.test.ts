import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../../../testing/fake-clock.js";
import { FakeDevices, FakeEngine, FakeTrack, streamOf } from "../../../testing/fake-sound.js";
import { Capture, type VoiceFrame } from "../../src/index.js";

let devices: FakeDevices;
let engine: FakeEngine;
let capture: Capture;

const named = (name: string) => () => {
  throw Object.assign(new Error(name), { name });
};

beforeEach(() => {
  devices = new FakeDevices();
  engine = new FakeEngine();
  capture = new Capture({ devices: devices.asDevices, engine: () => Promise.resolve(engine) });
});

describe("A capture", () => {
  it("hears the microphone, without its echo, and the tab, without its picture", async () => {
    const picture = new FakeTrack("Picture", "video");
    devices.tab = () => streamOf(new FakeTrack("Meeting"), picture);
    await capture.useMicrophone();
    await capture.useTab();
    expect([capture.view.rep, capture.view.customer]).toEqual([
      { phase: "on", label: "Built-in microphone", muted: false }, { phase: "on", label: "Meeting", muted: false }]);
    expect(devices.asked).toMatchObject([{ audio: { echoCancellation: true } }]);
    expect([picture.stopped, engine.connected.get("customer")?.audible]).toEqual([true, false]);
  });

  it("plays a tab that is silent otherwise", async () => {
    await capture.useStream("customer", () => Promise.resolve(streamOf(new FakeTrack("Tab"))), true);
    expect(engine.connected.get("customer")?.audible).toBe(true);
  });

  it("compares the microphone with what the page plays, hands none of that on, and hears the microphone where a browser cannot", async () => {
    const spoken: VoiceFrame[] = [];
    capture.feed({ elapsedMs: 0, hearVoice: (frame) => void spoken.push(frame) });
    const played = streamOf(new FakeTrack("Buyer"));
    capture.leaveOut(played);
    await capture.useMicrophone();
    expect(engine.connected.get("customer")).toEqual({ stream: played, audible: false });
    for (const speaker of ["customer", "rep"] as const) engine.onMessage({ type: "spoken", spoken: { speaker, at: 0, pcm: "AAA=", endOfSpeech: false } });
    expect(spoken.map((each) => each.speaker)).toEqual(["rep"]);

    const connect = engine.connect.bind(engine);
    engine.connect = (speaker, ...rest) => {
      if (speaker === "customer") throw new DOMException("another rate", "NotSupportedError");
      connect(speaker, ...rest);
    };
    await capture.useMicrophone();
    expect(capture.view.rep.phase).toBe("on");
  });

  it.each([["NotAllowedError", "refused"], ["NotFoundError", "missing"], ["NotReadableError", "inUse"], ["TypeError", "unsupported"]] as const)("tells %s as %s", async (name, trouble) => {
    devices.microphone = named(name);
    await capture.useMicrophone();
    expect(capture.view.rep).toMatchObject({ phase: "trouble", trouble });
  });

  it("tells that what was shared has no sound", async () => {
    devices.tab = () => streamOf(new FakeTrack("Picture", "video"));
    await capture.useTab();
    expect(capture.view.customer).toMatchObject({ trouble: "withoutSound" });
  });

  it("tells at once that the tab was closed, and lets go of it", async () => {
    const tab = new FakeTrack("Tab");
    devices.tab = () => streamOf(tab);
    await capture.useTab();
    tab.onended?.();
    expect(capture.view.customer).toMatchObject({ trouble: "ended" });
    expect(engine.connected.has("customer")).toBe(false);
  });

  it("takes another microphone when one is unplugged, and waits for one where there is none", async () => {
    const first = new FakeTrack("Headset");
    devices.microphone = () => streamOf(first);
    await capture.useMicrophone();
    devices.microphone = named("NotFoundError");
    first.onended?.();
    await settled();
    expect(capture.view.rep).toMatchObject({ trouble: "missing" });
    devices.microphone = () => streamOf(new FakeTrack("Built-in"));
    devices.dispatchEvent(new Event("devicechange"));
    await settled();
    expect(capture.view.rep).toMatchObject({ phase: "on", label: "Built-in" });
  });

  it("tells while the system mutes a voice", async () => {
    const track = new FakeTrack("Headset");
    devices.microphone = () => streamOf(track);
    await capture.useMicrophone();
    track.onmute?.();
    expect(capture.view.rep).toMatchObject({ trouble: "silenced" });
    track.onunmute?.();
    expect(capture.view.rep).toMatchObject({ phase: "on" });
  });

  it("goes on after the machine slept, and tells until sound comes again", async () => {
    await capture.useMicrophone();
    engine.onMessage({ type: "stalled" });
    expect([capture.view.rep, engine.resumed]).toMatchObject([{ trouble: "stalled" }, 1]);
    engine.hear(-40, null);
    expect(capture.view.rep).toMatchObject({ phase: "on" });
  });

  it("lets nothing of a muted voice through", async () => {
    const track = new FakeTrack("Headset");
    devices.microphone = () => streamOf(track);
    await capture.useMicrophone();
    capture.mute("rep", true);
    expect([track.enabled, capture.view.rep]).toMatchObject([false, { muted: true }]);
  });

  it("keeps the tab that is shared when the rep thinks better of sharing another", async () => {
    await capture.useTab();
    devices.tab = named("NotAllowedError");
    await capture.useTab();
    expect(capture.view.customer).toMatchObject({ phase: "on" });
    expect(engine.connected.has("customer")).toBe(true);
  });

  it("hands speech on by the call's clock, the frames of a stretch without a gap", async () => {
    const frames: VoiceFrame[] = [];
    const call = { elapsedMs: 10_000, hearVoice: (frame: VoiceFrame) => void frames.push(frame) };
    await capture.useMicrophone();
    capture.feed(call);
    const speak = (at: number, endOfSpeech = false) => engine.onMessage({ type: "spoken", spoken: { speaker: "rep", at, pcm: "AAAA", endOfSpeech } });
    // Heard 100 ms ago; the page was busy before the next came.
    engine.now = 5.1;
    speak(5);
    [engine.now, call.elapsedMs] = [5.9, 10_850];
    speak(5.032);
    speak(5.064, true);
    [engine.now, call.elapsedMs] = [8, 12_900];
    speak(7.9);
    expect(frames.map((each) => each.atMs)).toEqual([9900, 9932, 9964, 12_800]);
  });

  it("lets go of everything when it is closed", async () => {
    const track = new FakeTrack("Headset");
    devices.microphone = () => streamOf(track);
    await capture.useMicrophone();
    capture.close();
    expect([track.stopped, engine.closed]).toEqual([true, true]);
  });
});
