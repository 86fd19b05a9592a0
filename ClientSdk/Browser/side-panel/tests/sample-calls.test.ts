import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listSampleCalls, loadSampleCall } from "../src/session/sample-calls.js";

const bundled = (path: string) => readFileSync(`side-panel/public/${path}`, "utf8");

beforeEach(() => vi.stubGlobal("fetch", (path: string) => Promise.resolve(new Response(bundled(path)))));
afterEach(() => vi.unstubAllGlobals());

describe("The bundled calls", () => {
  it("are at least four, of different kinds, two to four minutes long", async () => {
    const calls = await listSampleCalls();
    expect(calls.length).toBeGreaterThanOrEqual(4);
    expect(new Set(calls.map((call) => call.kind)).size).toBe(calls.length);
    for (const call of calls) {
      const { brief, cues } = await loadSampleCall(call);
      const minutes = (cues.at(-1)?.atMs ?? 0) / 60_000;
      expect(minutes).toBeGreaterThan(1.9);
      expect(minutes).toBeLessThan(4.1);
      expect(Math.round(call.minutes)).toBe(Math.round(minutes));
      expect([brief.customerName, brief.product]).not.toContain(null);
      expect(cues.some(({ segment }) => !segment.final)).toBe(true);
    }
  });
});
