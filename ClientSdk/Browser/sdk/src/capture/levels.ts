/** Below this a level counts as silence, in decibels of full scale. */
export const silenceDb = -90;

/** The level of samples between -1 and 1, as root mean square in decibels of full scale; {@link silenceDb} at least. */
export function levelDb(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += samples[at]! ** 2;
  return to > from ? Math.max(silenceDb, 10 * Math.log10(sum / (to - from) + 1e-12)) : silenceDb;
}
