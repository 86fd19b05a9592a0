import { describe, expect, it } from "vitest";
import { levelDb } from "../../src/capture/levels.js";
import { Resampler } from "../../src/capture/resampler.js";

const tone = (hz: number, rate: number, seconds = 1) => Float32Array.from({ length: Math.round(rate * seconds) }, (_, at) => Math.sin((2 * Math.PI * hz * at) / rate));
/** Away from both ends, where a filter has not all of the signal. */
const middle = (samples: Float32Array) => samples.subarray(800, samples.length - 800);
const fullDb = levelDb(middle(tone(1000, 16_000)));

describe.each([48_000, 44_100])("From %i Hz to 16 kHz", (rate) => {
  it.each([100, 1000, 3500, 6500])("a tone of %i Hz, as speech has, stays as loud", (hz) => {
    expect(levelDb(middle(new Resampler(rate, 16_000).process(tone(hz, rate))))).toBeCloseTo(fullDb, 0);
  });

  it.each([8500, 9500, 12_000, 15_900, 20_000])("a tone of %i Hz does not fold back into what is heard", (hz) => {
    expect(levelDb(middle(new Resampler(rate, 16_000).process(tone(hz, rate))))).toBeLessThan(fullDb - 60);
  });

  it("blocks of any length give the same as the whole", () => {
    const input = tone(440, rate);
    const whole = new Resampler(rate, 16_000).process(input);
    const resampler = new Resampler(rate, 16_000);
    const parts: number[] = [];
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 997 || 1) parts.push(...resampler.process(input.subarray(at, at + size)));
    expect(parts).toEqual([...whole]);
  });

  it("what happens at a moment happens at the same moment after it, and nothing drifts", () => {
    const input = new Float32Array(rate * 10);
    input[rate * 9] = 1;
    const output = new Resampler(rate, 16_000).process(input);
    expect(output.reduce((loudest, each, at) => (each > (output[loudest] ?? 0) ? at : loudest), 0)).toBe(16_000 * 9);
  });
});
