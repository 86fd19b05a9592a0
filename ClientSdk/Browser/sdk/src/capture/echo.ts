/** How long one value of an envelope stands for, in samples of 16 kHz: 16 ms, a frame has two. */
export const hopSamples = 256;
/** Hops that are compared: a syllable and more tells one voice from another. */
export const comparedHops = 24;
/**
 * The longest way of the sound from the loudspeaker through the room into the microphone, in hops: a wireless loudspeaker takes a quarter
 * of a second.
 */
export const latestHops = 24;

/** How alike two envelopes must be for one to be the other's echo, as a coefficient of correlation. */
const alike = 0.8;
/** A room goes on sounding: an echo fades by so many decibels a hop (half a second to fall by 60). */
const fadingDb = 2;
/** What stands out of the expected echo by so many decibels is somebody else; who speaks already needs less to go on. */
const louderDb = { silent: 6, speaking: 2 } as const;
/** What falls so many decibels short of it tells that there is no such way any more: somebody put headphones on. */
const absentDb = 20;
/**
 * So many frames in which the microphone follows the other channel by the same way make it known. Two voices that begin one after the
 * other are alike for as long as both beginnings are compared, which is less.
 */
const sure = 12;
/** Below this the other channel is silent, in decibels of full scale: nothing comes back. */
const silentDb = -50;
/** Levels are compared down to here: no room is ever still. */
const floorDb = -60;

/** The way of the other channel's sound into the microphone. */
export interface EchoPath {
  /** In hops. */
  readonly delay: number;
  /** How loud it arrives, in decibels; never above 0. */
  readonly gainDb: number;
  /** In how many frames it was found, less those in which another one was; twice as many as make it known at most. */
  readonly times: number;
}

/** Whether the newest frame is an echo, and the way as it is known from here on. */
export interface EchoJudgement {
  readonly echo: boolean;
  readonly path: EchoPath | null;
}

/**
 * Says whether what the microphone hears is the other channel coming back through the room. The way is learned where the microphone's
 * envelope follows the other's, later and not louder; from then on, what is no louder than the echo must be is taken for it, and what
 * stands out is not.
 * @param microphone Levels in dB, a value a hop, oldest first: at least {@link comparedHops}.
 * @param other The other channel's, up to the same moment: at least {@link comparedHops} + {@link latestHops}.
 * @param known The way as it was known before.
 * @param speaking Somebody speaks into the microphone already, over the echo or alone.
 * @param judged So many of the newest hops are the frame that is judged.
 */
export function judgeEcho(
  microphone: readonly number[], other: readonly number[], known: EchoPath | null, speaking = false, judged = 2,
): EchoJudgement {
  const path = confirmed(learn(microphone.slice(-comparedHops).map(floored), other.map(floored)), known);
  if (!path || path.times < sure) return { echo: false, path };
  const frame = microphone.slice(-judged).map(floored);
  const over = frame.map((level, at) => level - expected(other, path, judged - 1 - at));
  const plays = other.slice(-comparedHops).some((level) => level > silentDb);
  if (plays && over.every((each) => each < -absentDb)) return { echo: false, path: null };
  return { echo: plays && over.every((each) => each <= louderDb[speaking ? "speaking" : "silent"]), path };
}

/** How loud the echo is, so many hops ago, in decibels: of what was played then, and of what still sounds. */
function expected(other: readonly number[], { delay, gainDb }: EchoPath, ago: number): number {
  let loudest = floorDb;
  for (let later = -1; later <= 12; later++) {
    const played = other[other.length - 1 - ago - delay - later] ?? floorDb;
    loudest = Math.max(loudest, played + gainDb - fadingDb * Math.max(0, later));
  }
  return loudest;
}

function confirmed(found: EchoPath | null, known: EchoPath | null): EchoPath | null {
  if (!found || !known) return found ?? known;
  if (Math.abs(found.delay - known.delay) <= 1) return { ...found, times: Math.min(known.times + 1, 2 * sure) };
  return known.times > 1 ? { ...known, times: known.times - 1 } : found;
}

function learn(heard: readonly number[], other: readonly number[]): EchoPath | null {
  let [best, path] = [alike, null as EchoPath | null];
  for (let delay = 0; delay <= latestHops; delay++) {
    const played = other.slice(other.length - delay - comparedHops, other.length - delay);
    const loud = heard.flatMap((level, at) => (played[at]! > silentDb && level > floorDb ? [level - played[at]!] : []));
    const correlation = loud.length < comparedHops / 3 ? 0 : correlate(heard, played);
    if (correlation <= best) continue;
    const gainDb = loud.sort((a, b) => a - b)[loud.length >> 1]!;
    [best, path] = [correlation, gainDb > 0 ? null : { delay, gainDb, times: 1 }];
  }
  return path;
}

const floored = (level: number) => Math.max(floorDb, level);

/** Pearson's coefficient of correlation; 0 where one of the two hardly varies. */
function correlate(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]! - meanA, b[at]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const spread = Math.sqrt((aa * bb)) / a.length;
  return spread < 4 ? 0 : ab / Math.sqrt(aa * bb);
}

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
