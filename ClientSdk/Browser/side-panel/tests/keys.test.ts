import { describe, expect, it } from "vitest";
import { commandOf, type KeyPress } from "../src/session/keys.js";

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress =>
  ({ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, isComposing: false, defaultPrevented: false, target: document.body, ...over });

describe("A key", () => {
  it.each([
    ["Enter", "used"], ["Escape", "dismiss"], ["p", "pin"], ["P", "pin"], ["s", "suggest"], ["o", "pause"], ["x", "swap"],
    ["+", "larger"], ["=", "larger"], ["-", "smaller"], ["l", "large"], ["?", "keys"], ["q", null],
  ])("%s means %s", (key, command) => expect(commandOf(press(key))).toBe(command));

  it.each(["input", "textarea", "select"])("is left alone while typing in a field: %s", (tag) => {
    expect(commandOf(press("s", { target: document.createElement(tag) }))).toBeNull();
  });

  it("Enter presses a focused button rather than marking a suggestion used", () => {
    const button = document.createElement("button");
    expect(commandOf(press("Enter", { target: button }))).toBeNull();
    expect(commandOf(press("p", { target: button }))).toBe("pin");
  });

  it("is left to the browser with Ctrl, Alt or Cmd, to an input method, and to what lies on top", () => {
    expect([commandOf(press("p", { ctrlKey: true })), commandOf(press("s", { metaKey: true })), commandOf(press("x", { altKey: true }))]).toEqual([null, null, null]);
    expect(commandOf(press("Enter", { isComposing: true }))).toBeNull();
    expect(commandOf(press("Escape"), true)).toBeNull();
  });

  it("held down repeats only what it makes sense to repeat", () => {
    expect([commandOf(press("o", { repeat: true })), commandOf(press("+", { repeat: true }))]).toEqual([null, "larger"]);
  });
});
