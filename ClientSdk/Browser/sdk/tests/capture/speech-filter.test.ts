import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import type { Speaker } from "../../src/index.js";
import { Resampler } from "../../src/capture/resampler.js";
import { sileroDetector } from "../../src/capture/silero.js";
import { SpeechFilter, type Spoken } from "../../src/capture/speech-filter.js";
import { LoudnessDetector, type VoiceDetector } from "../../src/capture/voice-detector.js";
import { play, seconds, type Sent } from "./playing.js";
import { percentile, salesCall, type Recording } from "./recording.js";

const call = salesCall();
const model = () => new Uint8Array(readFileSync(createRequire(import.meta.url).resolve("@ricky0123/vad-web/dist/silero_vad_v6.onnx"))).buffer;

/** What became of a recorded call on its way up, by its own timeline. */
function judge({ turns, rep }: Recording, sent: readonly Sent[]) {
  const of = (speaker: Speaker) => sent.filter((each) => each.speaker === speaker);
  const onsetLossMs = turns.map(({ speaker, startMs, endMs }) => {
    const first = of(speaker).find((each) => each.pcm !== "" && (each.at + seconds(each)) * 1000 > startMs && each.at * 1000 < endMs);
    return Math.max(0, (first?.at ?? Infinity) * 1000 - startMs);
  });
  const endToldMs = turns.map(({ speaker, endMs }) => {
    const told = of(speaker).find((each) => each.endOfSpeech && each.sentAt * 1000 > endMs);
    return (told?.sentAt ?? Infinity) * 1000 - endMs;
  });
  const spokenSeconds = turns.reduce((sum, turn) => sum + turn.endMs - turn.startMs, 0) / 1000;
  const sentSpeech = sent.reduce((sum, each) => sum + turns.filter((turn) => turn.speaker === each.speaker).reduce((within, turn) =>
    within + Math.max(0, Math.min(turn.endMs / 1000, each.at + seconds(each)) - Math.max(turn.startMs / 1000, each.at)), 0), 0);
  const silence = sent.reduce((sum, each) => sum + seconds(each), 0) - sentSpeech;
  return { onsetLossMs, endToldMs, silenceShare: silence / ((2 * rep.length) / 16_000 - spokenSeconds) };
}

it("A detector that is ready later judges from then on", async () => {
  const always = (probability: number): VoiceDetector => ({ judge: () => Promise.resolve(probability) });
  const sent: Spoken[] = [];
  const filter = new SpeechFilter(16_000, { rep: always(0), customer: always(0) }, (spoken) => sent.push(spoken));
  const hear = async (at: number) => {
    filter.push({ at, rep: new Float32Array(8_000).fill(0.5), customer: null });
    await filter.settled();
  };
  await hear(0);
  expect(sent).toEqual([]);
  filter.use({ rep: always(1), customer: always(1) });
  await hear(8_000);
  expect(sent.length).toBeGreaterThan(10);
});

describe.skipIf(call === null)("Of a recorded call at 48 kHz", () => {
  it.each<[string, () => Promise<VoiceDetector>]>([
    ["Silero", () => sileroDetector(model())],
    ["loudness", () => Promise.resolve(new LoudnessDetector())],
  ])("by %s, speech goes up whole, silence does not, and its end is told at once", async (name, detector) => {
    if (!call) return;
    const atCard = (voice: Float32Array) => new Resampler(16_000, 48_000).process(voice);
    const { sent } = await play({ rep: atCard(call.rep), customer: atCard(call.customer) }, 48_000, detector);
    const { onsetLossMs, endToldMs, silenceShare } = judge(call, sent);
    console.log(`${name}: onset loss p95 ${percentile(onsetLossMs, 0.95).toFixed(0)} ms; silence sent ${(silenceShare * 100).toFixed(1)} %; `
      + `end told p50 ${percentile(endToldMs, 0.5).toFixed(0)} ms, p95 ${percentile(endToldMs, 0.95).toFixed(0)} ms after it`);
    expect(percentile(onsetLossMs, 0.95)).toBeLessThanOrEqual(30);
    expect(silenceShare).toBeLessThanOrEqual(0.05);
    expect(percentile(endToldMs, 0.95)).toBeLessThanOrEqual(150);
  }, 300_000);
});
