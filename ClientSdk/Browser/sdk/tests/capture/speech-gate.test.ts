import { describe, expect, it } from "vitest";
import { gateTuning, SpeechGate } from "../../src/capture/speech-gate.js";

/** Pushes numbered frames, `.` for silence and `#` for speech; tells what left, and after which frame a stretch ended. */
function through(pattern: string, gate = new SpeechGate<number>()): { sent: number[]; endedAfter: number[] } {
  const [sent, endedAfter] = [[] as number[], [] as number[]];
  [...pattern].forEach((each, at) => {
    const step = gate.push(at, each === "#" ? 0.9 : 0.05, each === "#" ? -20 : -45);
    sent.push(...step.send);
    if (step.ended) endedAfter.push(at);
  });
  return { sent, endedAfter };
}

describe("A speech gate", () => {
  it("lets nothing pass while nobody speaks", () => {
    expect(through("..................").sent).toEqual([]);
  });

  it("sends what came before the first word with it, so that no syllable is lost", () => {
    expect(through("..........##").sent).toEqual([7, 8, 9, 10, 11]);
  });

  it("does not open for a click", () => {
    expect(through(".....#.....#....").sent).toEqual([]);
  });

  it("tells the end after a tenth of a second, and sends hardly any of the silence", () => {
    const { sent, endedAfter } = through("##.....");
    expect(sent).toEqual([0, 1, 2]);
    expect(endedAfter).toEqual([1 + gateTuning.ending]);
  });

  it("sends a short pause after all when speech goes on, without a gap", () => {
    const { sent, endedAfter } = through("##..##");
    expect(sent).toEqual([0, 1, 2, 3, 4, 5]);
    expect(endedAfter).toEqual([]);
  });

  it("sends no frame twice, however stretches follow each other", () => {
    const { sent, endedAfter } = through("##...##....###...##.#...");
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(endedAfter).toHaveLength(4);
  });

  it("takes for silence what is far below the voice, whatever the model still thinks", () => {
    const gate = new SpeechGate<number>();
    for (let at = 0; at < 4; at++) gate.push(at, 0.99, -20);
    const ended = [4, 5, 6].map((at) => gate.push(at, 0.99, -70).ended);
    expect(ended).toEqual([false, false, true]);
  });

  it("closed from outside says whether a stretch was under way", () => {
    const gate = new SpeechGate<number>();
    expect(gate.close()).toBe(false);
    through("###", gate);
    expect([gate.close(), gate.open]).toEqual([true, false]);
  });
});
