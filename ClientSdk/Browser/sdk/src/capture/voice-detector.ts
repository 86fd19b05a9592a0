import { levelDb } from "./levels.js";

/** Frames of this many samples of 16 kHz are judged and sent: 32 ms, the size that Silero was made for. */
export const frameSamples = 512;

/** Says how likely frames of {@link frameSamples} are to be speech. One for each voice: it remembers what came before. */
export interface VoiceDetector {
  /** It knows speech from other sounds; absent where it judges by loudness alone. */
  readonly speechModel?: boolean;
  /** From 0 to 1. */
  judge(frame: Float32Array): Promise<number>;
}

/** How far a voice stands out of the room, in decibels. */
const standsOutDb = 12;
/** Nothing below this is a voice, in decibels of full scale. */
const quietestDb = -50;
/** The floor follows a room that gets louder by so many decibels a frame, and one that gets quieter at once. */
const risingDb = 0.06;

/** Takes for speech what is much louder than the room: for browsers that cannot run the model. */
export class LoudnessDetector implements VoiceDetector {
  #floorDb = quietestDb;

  judge(frame: Float32Array): Promise<number> {
    const level = levelDb(frame);
    this.#floorDb = Math.min(level, this.#floorDb + risingDb);
    const over = level - Math.max(this.#floorDb + standsOutDb, quietestDb);
    return Promise.resolve(1 / (1 + Math.exp(-over / 2)));
  }
}
