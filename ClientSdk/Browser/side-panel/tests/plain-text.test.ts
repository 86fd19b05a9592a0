import { describe, expect, it } from "vitest";
import { plainText, wholeWords } from "../src/session/plain-text.js";

describe("Text from a call", () => {
  it("cannot turn words round or hide them", () => {
    expect(plainText("pay \u202e001\u202c now\u2066\u0000\u0007\u200b")).toBe("pay 001 now");
  });

  it("keeps its words apart where lines break", () => {
    expect(plainText("one\r\ntwo\u2028three")).toBe("one two three");
  });

  it("keeps what scripts and emoji are joined with", () => {
    expect(plainText("می\u200cخواهم 👩\u200d💻")).toBe("می\u200cخواهم 👩\u200d💻");
  });

  it("shows a growing text in whole words, the first at once", () => {
    expect(["Th", "That", "That i", "That is", "That is "].map(wholeWords)).toEqual(["Th", "That", "That", "That", "That is"]);
  });
});
