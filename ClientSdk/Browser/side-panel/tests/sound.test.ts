import type { CaptureView } from "@teleprompter/sdk";
import { describe, expect, it } from "vitest";
import { soundNotices } from "../src/session/sound.js";

const on = { phase: "on", label: "Device", muted: false } as const;
const both: CaptureView = { rep: on, customer: on, detector: "silero", dropped: 0, echoes: 0 };
const ready = { transcription: "ready" } as const;
const page = { meetingHint: null, interrupted: false };
const off = { phase: "off" } as const;

describe("Of the sound, the rep is told", () => {
  it("nothing while all is well", () => {
    expect(soundNotices(both, 0, ready, page)).toEqual([]);
  });

  it("that the gateway takes text only, once somebody wants to be heard there", () => {
    expect(soundNotices(both, 0, { transcription: "none" }, page)).toEqual(["This gateway takes text only: voices do not become words. Type what matters."]);
    expect(soundNotices({ ...both, rep: off, customer: off }, 0, { transcription: "none" }, page)).toEqual([]);
  });

  it("first what keeps the customer from being heard", () => {
    const trouble = { phase: "trouble", trouble: "ended", label: "" } as const;
    expect(soundNotices({ ...both, rep: trouble, customer: trouble }, 3, ready, page)[0]).toBe("The shared tab is gone. Share it again to hear the customer.");
  });

  it("that one voice is missing, during a call and not before it", () => {
    const alone: CaptureView = { ...both, customer: off };
    expect(soundNotices(alone, 0, ready, page)).toEqual(["Only you are heard. Share the meeting's tab to hear the customer."]);
    expect(soundNotices(alone, 0, null, page)).toEqual([]);
  });

  it("how much was lost, and that the model does not run", () => {
    expect(soundNotices({ ...both, detector: "loudness" }, 1.28, ready, page)).toEqual([
      "1.3 s of sound was lost: the computer or the network is too slow.", "Speech is told from noise by loudness alone here."]);
  });

  it("that nobody is heard any more after the page was loaded again, until somebody is", () => {
    const again = { ...page, interrupted: true };
    expect(soundNotices({ ...both, rep: off, customer: off }, 0, ready, again)).toEqual(["Nobody is heard since this page was loaded again. Use your microphone and share the meeting."]);
    expect(soundNotices(both, 0, ready, again)).toEqual([]);
    expect(soundNotices({ ...both, rep: off, customer: off }, 0, ready, page)).toEqual([]);
  });

  it("in the extension, where to click so that the meeting can be shared", () => {
    const refused: CaptureView = { ...both, customer: { phase: "trouble", trouble: "refused", label: "" } };
    expect(soundNotices(refused, 0, ready, { ...page, meetingHint: "Click the icon." })).toEqual(["Click the icon."]);
  });
});
