import { afterEach, describe, expect, it, vi } from "vitest";
import { nextFrame } from "../src/session/next-frame.js";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("The next frame", () => {
  it("runs an action once", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (draw(), 0));
    const action = vi.fn();
    nextFrame(action);
    vi.runAllTimers();
    expect(action).toHaveBeenCalledTimes(1);
  });

  it("is not waited for where a covered page draws none", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("requestAnimationFrame", () => 0);
    const action = vi.fn();
    nextFrame(action);
    vi.advanceTimersByTime(50);
    expect(action).toHaveBeenCalledTimes(1);
  });
});
