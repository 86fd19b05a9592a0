import { describe, expect, it } from "vitest";
import type { Speaker } from "../../src/index.js";
import { LoudnessDetector } from "../../src/capture/voice-detector.js";
import { play, seconds } from "./playing.js";
import { percentile, salesCall } from "./recording.js";

const call = salesCall();
const rate = 16_000;

/** The customer's voice as a microphone hears it from a loudspeaker: later, quieter, with a room around it, and a little noise. */
function mixed(rep: Float32Array, customer: Float32Array, delayMs: number, gain: number): Float32Array {
  const room = [[0, 1], [11, 0.45], [23, 0.3], [41, 0.2], [67, 0.12], [103, 0.06]] as const;
  let seed = 1;
  const noise = () => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 0.001;
  return rep.map((own, at) => room.reduce((sum, [ms, share]) => sum + gain * share * (customer[at - Math.round(((delayMs + ms) * rate) / 1000)] ?? 0), own) + noise());
}

describe.skipIf(call === null)("With headphones", () => {
  it("a rep who comes in over the customer is heard at once, and is not taken for the customer's echo", async () => {
    if (!call) return;
    const long = (speaker: Speaker) => call.turns.filter((each) => each.speaker === speaker && each.endMs - each.startMs > 3000);
    const samples = (ms: number) => Math.round((ms * rate) / 1000);
    const delays: number[] = [];
    for (let round = 0; round < 6; round++) {
      const rep = mixed(new Float32Array(call.rep.length), call.customer, 0, 0);
      const begins = long("customer").map((turn, at) => {
        const own = long("rep")[(at + round) % long("rep").length]!;
        const first = call.rep.findIndex((sample, index) => index >= samples(own.startMs) && Math.abs(sample) > 0.05);
        const begin = samples(turn.startMs + 700 + 170 * round);
        call.rep.subarray(first, first + samples(1200)).forEach((sample, index) => (rep[begin + index]! += sample));
        return begin / rate;
      });
      const { sent } = await play({ rep, customer: call.customer }, rate, () => Promise.resolve(new LoudnessDetector()));
      delays.push(...begins.map((begin) => sent.find((each) => each.speaker === "rep" && each.pcm !== "" && each.sentAt > begin)!.sentAt - begin));
    }
    expect(percentile(delays, 0.95)).toBeLessThan(0.12);
    expect(Math.max(...delays)).toBeLessThan(0.25);
  }, 300_000);
});

describe.skipIf(call === null)("With the customer's voice coming back through the rep's microphone", () => {
  it.each([[30, 0.1], [120, 0.3], [250, 0.5]])("%i ms late, at %f of its loudness, it does not become the rep's words, and the rep's own words do", async (delayMs, gain) => {
    if (!call) return;
    const { sent } = await play({ ...call, rep: mixed(call.rep, call.customer, delayMs, gain) }, rate, () => Promise.resolve(new LoudnessDetector()));
    const during = (speaker: Speaker, fromMs: number, toMs: number) => sent.filter((each) => each.speaker === speaker && each.pcm !== "")
      .reduce((sum, each) => sum + Math.max(0, Math.min(toMs, (each.at + seconds(each)) * 1000) - Math.max(fromMs, each.at * 1000)), 0);
    const share = (said: Speaker, sentAs: Speaker) => {
      const turns = call.turns.filter((each) => each.speaker === said);
      return turns.reduce((sum, each) => sum + during(sentAs, each.startMs, each.endMs), 0) / turns.reduce((sum, each) => sum + each.endMs - each.startMs, 0);
    };
    expect(share("customer", "rep")).toBeLessThan(0.05);
    expect(share("rep", "rep")).toBeGreaterThan(0.95);
  }, 300_000);

  it("a rep who speaks over the customer is heard", async () => {
    if (!call) return;
    // The rep's first words again, while the customer speaks.
    const over = call.turns.filter((each) => each.speaker === "customer" && each.endMs - each.startMs > 4000);
    const words = call.rep.slice(9_600, 9_600 + 2 * rate);
    const rep = call.rep.slice();
    for (const turn of over) rep.set(words, Math.round((turn.startMs + 1200) * rate / 1000));
    const { sent } = await play({ ...call, rep: mixed(rep, call.customer, 120, 0.3) }, rate, () => Promise.resolve(new LoudnessDetector()));
    const heard = over.map((turn) => {
      const [from, to] = [turn.startMs / 1000 + 1.2, turn.startMs / 1000 + 3.2];
      return sent.filter((each) => each.speaker === "rep" && each.at >= from - 0.1 && each.at < to).reduce((sum, each) => sum + seconds(each), 0) / 2;
    });
    expect(heard.reduce((sum, each) => sum + each, 0) / heard.length).toBeGreaterThan(0.7);
  }, 300_000);
});
