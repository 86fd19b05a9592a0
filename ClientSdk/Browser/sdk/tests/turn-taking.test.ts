import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Speaker, TranscriptSegment } from "../src/wire/messages.js";
import { script, type CallTurn } from "../src/turn-taking/call-script.js";
import { TurnDebounce } from "../src/turn-taking/turn-debounce.js";
import { pauseAfter } from "../src/turn-taking/turn-end.js";

interface GoldenSegment {
  readonly id: string;
  readonly speaker: Speaker;
  readonly as: "interim" | "final";
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly endOfTurn?: boolean;
}

interface Scenario {
  readonly name: string;
  readonly language?: string;
  readonly lateTimers?: boolean;
  readonly heard: readonly (GoldenSegment & { readonly at: number; readonly flush?: boolean })[];
  readonly sent: readonly { readonly at: number; readonly id: string; readonly as: string; readonly text: string }[];
}

interface Golden {
  readonly pauses: readonly { readonly text: string; readonly language: string | null; readonly pauseMs: number }[];
  readonly debounce: readonly Scenario[];
  readonly script: {
    readonly turns: readonly CallTurn[];
    readonly play: string;
    readonly segments: readonly (GoldenSegment & { readonly atMs: number })[];
  };
}

const golden = JSON.parse(readFileSync(new URL("../../../../tests/Golden/turn-taking.json", import.meta.url), "utf8")) as Golden;

describe("the pause after", () => {
  test.each(golden.pauses)("'$text' in $language is $pauseMs ms", ({ text, language, pauseMs }) => {
    expect(pauseAfter(text, language)).toBe(pauseMs);
  });
});

describe("level 1", () => {
  test.each(golden.debounce)("$name", (scenario) => {
    expect(play(scenario)).toEqual(scenario.sent);
  });
});

describe("a sample call", () => {
  test("is spoken word by word, a segment a sentence", () => {
    const spoken = script(golden.script.turns, golden.script.play).map(({ atMs, segment }) => ({
      atMs,
      id: segment.segmentId,
      speaker: segment.speaker,
      as: segment.final ? "final" : "interim",
      text: segment.text,
      startMs: segment.startMs,
      endMs: segment.endMs,
    }));
    expect(spoken).toEqual(golden.script.segments);
  });

  test("has fresh ids each time it is played", () => {
    const ids = () => script(golden.script.turns).map(({ segment }) => segment.segmentId);
    expect(ids().filter((id) => ids().includes(id))).toEqual([]);
  });
});

function play(scenario: Scenario): unknown[] {
  const debounce = new TurnDebounce(scenario.language);
  const sent: unknown[] = [];
  const send = (at: number, segments: readonly TranscriptSegment[]) => {
    for (const { segmentId, text, final, endOfTurn } of segments) sent.push({ at, id: segmentId, as: final ? (endOfTurn ? "end" : "final") : "interim", text });
  };
  const elapse = (until: number) => {
    for (let due = debounce.due; due !== null && due <= until; due = debounce.due) send(due, debounce.elapse(due));
  };

  for (const { at, flush, id, as, ...segment } of scenario.heard) {
    if (!scenario.lateTimers) elapse(at);
    send(at, flush ? debounce.flush(at) : debounce.hear({ ...segment, segmentId: id, final: as === "final" }, at));
  }
  elapse(Infinity);
  return sent;
}
