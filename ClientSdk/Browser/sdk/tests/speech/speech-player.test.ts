import { expect, test } from "vitest";
import { SpeechPlayer, toSamples } from "../../src/speech/speech-player.js";
import type { SpeechFrame, SpeechReport } from "../../src/wire/messages.js";
import { FakeClock } from "../../../testing/fake-clock.js";
import { golden } from "../golden.js";
import { FakeOutput } from "./fake-output.js";

/** 40 ms. */
const pcm = btoa("\0".repeat(1920));

function player() {
  const [output, clock, reports] = [new FakeOutput(), new FakeClock(), [] as SpeechReport[]];
  const made = new SpeechPlayer(output, (report) => reports.push(report), clock);
  const frames = (count: number, segmentId = "b1", from = 0) => {
    for (let number = from; number < from + count; number++) made.receive({ segmentId, number, pcm });
  };
  const end = (number: number, how: "complete" | "stopped", segmentId = "b1") => made.receive({ segmentId, number, pcm: "", end: how });
  return { made, output, clock, reports, frames, end };
}

test("plays from the first frame on, and tells every half second how far it is", async () => {
  const { output, clock, reports, frames } = player();
  frames(1);
  expect(output.waiting).toBe(960);
  frames(49, "b1", 1);
  output.run(500);
  await clock.advance(500);
  output.run(300);
  await clock.advance(500);
  expect(reports).toEqual([
    { segmentId: "b1", playedMs: 500, stopped: false }, { segmentId: "b1", playedMs: 800, stopped: false },
  ]);
});

test("tells at the end of a turn that it was played whole, and nothing after it", async () => {
  const { made, output, clock, reports, frames, end } = player();
  frames(5);
  end(5, "complete");
  expect(made.playing).toBe(true);
  output.run(1000);
  await clock.advance(5000);
  expect(reports).toEqual([{ segmentId: "b1", playedMs: 200, stopped: false }]);
  expect(made.playing).toBe(false);
});

test("is silent at once where the rep talks over it, and tells what was really played", () => {
  const { made, output, reports, frames } = player();
  frames(20);
  output.run(330);
  made.interrupt();
  expect(output.waiting).toBe(0);
  expect(reports).toEqual([{ segmentId: "b1", playedMs: 330, stopped: true }]);
  frames(5, "b1", 20);
  expect(output.waiting).toBe(0);
});

test("counts what was played for each turn by itself", () => {
  const { made, output, reports, frames, end } = player();
  frames(5);
  end(5, "complete");
  output.run(200);
  frames(5, "b2");
  output.run(80);
  made.interrupt();
  expect(reports.at(-1)).toEqual({ segmentId: "b2", playedMs: 80, stopped: true });
});

test("is silent at once where the gateway breaks the turn off, even behind its end", () => {
  const { made, output, frames, end } = player();
  frames(10);
  end(10, "complete");
  end(11, "stopped");
  expect(output.waiting).toBe(0);
  expect(made.playing).toBe(false);
});

test("plays no more of a turn of which a frame is missing, and none of one whose beginning is", () => {
  const { made, output, frames } = player();
  frames(3);
  frames(3, "b1", 4);
  expect([output.waiting, made.lost]).toEqual([3 * 960, 1]);
  output.run(1000);
  frames(3, "b2", 7);
  expect(output.waiting).toBe(0);
});

test("tells nothing more of a turn whose worker is gone", async () => {
  const { made, output, clock, reports, frames } = player();
  frames(5);
  output.run(200);
  await clock.advance(10_000);
  expect([made.playing, reports.length]).toEqual([false, 7]);
});

test("holds ten seconds and no more", () => {
  const { made, output, frames } = player();
  frames(400);
  expect(output.waiting).toBeLessThanOrEqual(10.1 * 24_000);
  expect(made.lost).toBe(1);
});

test("reads the wire's samples", () => {
  expect([...toSamples(golden<SpeechFrame>("messages/speech.json").pcm)]).toEqual([0, 1 / 32_768]);
  expect([...toSamples(btoa("\x00\x80\xff\x7f"))]).toEqual([-1, 32_767 / 32_768]);
});
