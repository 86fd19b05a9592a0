import { describe, expect, it } from "vitest";
import { readRefusal } from "../src/wire/refusal.js";
import { golden } from "./golden.js";

interface Case {
  readonly name: string;
  readonly error: string;
  readonly message: string;
  readonly mayRetry: boolean;
  readonly needsConsent?: boolean;
}

describe("A refusal is read", () => {
  it.each(golden<Case[]>("refusals.json"))("$name", ({ error, message, mayRetry, needsConsent = false }) => {
    expect(readRefusal(new Error(error))).toEqual({ message, mayRetry, needsConsent });
  });
});
