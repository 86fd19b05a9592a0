import { describe, expect, it } from "vitest";
import { statusLine, type CallStatus, type ConnectionState } from "../src/index.js";
import { golden } from "./golden.js";

interface Case {
  readonly name: string;
  readonly connection: ConnectionState;
  readonly status: Partial<CallStatus>;
  readonly kind: string;
  readonly text: string;
}

const well: CallStatus = { model: "ready", storage: "ready", busy: false, thinking: false, paused: false, hearing: "both", transcription: "ready", lagMs: 0 };

describe("The status line is the first that holds", () => {
  it.each(golden<Case[]>("status-line.json"))("$name", ({ connection, status, kind, text }) => {
    expect(statusLine({ ...well, ...status }, connection)).toEqual({ kind, text });
  });
});
