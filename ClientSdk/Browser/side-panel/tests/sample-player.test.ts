import type { TranscriptSegment } from "@teleprompter/sdk";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../testing/fake-clock.js";
import { SamplePlayer } from "../src/session/sample-player.js";

const segment = (segmentId: string, final: boolean, startMs: number, endMs: number): TranscriptSegment =>
  ({ segmentId, speaker: "customer", text: segmentId, final, startMs, endMs });
const cues = [
  { atMs: 1000, segment: segment("c-1", false, 500, 1000) },
  { atMs: 2000, segment: segment("c-1", true, 500, 2000) },
  { atMs: 6000, segment: segment("c-2", true, 5000, 6000) },
];

let clock: FakeClock;
let said: { at: number; startMs: number; endMs: number }[];
let player: SamplePlayer;

beforeEach(() => {
  clock = new FakeClock();
  said = [];
  player = new SamplePlayer(cues, clock, () => clock.now() + 100, ({ startMs, endMs }) => said.push({ at: clock.now(), startMs, endMs }), () => {});
});

describe("A sample call", () => {
  it("is spoken at its own pace, with times on the live call's clock", async () => {
    player.play();
    await clock.advance(6000);
    expect(said).toEqual([
      { at: 1000, startMs: 600, endMs: 1100 },
      { at: 2000, startMs: 600, endMs: 2100 },
      { at: 6000, startMs: 5100, endMs: 6100 },
    ]);
    expect([player.done, player.playing]).toEqual([true, false]);
  });

  it("stands still while it is held", async () => {
    player.play();
    await clock.advance(1500);
    player.pause();
    await clock.advance(60_000);
    expect([said.length, player.positionMs]).toEqual([1, 1500]);
    player.play();
    await clock.advance(500);
    expect(said).toHaveLength(2);
  });

  it("goes on from where it is when it is hurried", async () => {
    player.play();
    await clock.advance(2000);
    player.setSpeed(4);
    await clock.advance(500);
    expect(player.positionMs).toBe(4000);
    await clock.advance(500);
    expect(said.map(({ at }) => at)).toEqual([1000, 2000, 3000]);
  });
});
