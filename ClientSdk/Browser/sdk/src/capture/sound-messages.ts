import type { Spoken } from "./speech-filter.js";

/** What tells speech from the rest: Silero's model, or loudness alone where the model cannot run. */
export type DetectorKind = "silero" | "loudness";

/** What the worker is started with; with it goes the port that the sound comes through. */
export interface StartListening {
  /** The sound card's rate, in samples a second. */
  readonly fromHz: number;
  /** The absolute address of the model. */
  readonly voiceModel: string;
}

/** What is heard now. */
export interface Hearing {
  readonly type: "hearing";
  /** Levels in decibels of full scale; null where there is no sound at all. */
  readonly rep: number | null;
  readonly customer: number | null;
  /** Frames given up so far because judging them took too long. */
  readonly dropped: number;
  /** Frames of the rep's microphone left out so far because they were the customer's voice. */
  readonly echoes: number;
}

/** What the worker tells. */
export type SoundMessage =
  | { readonly type: "ready"; readonly detector: DetectorKind }
  | { readonly type: "spoken"; readonly spoken: Spoken }
  | Hearing
  /**
   * No sound came for a second and a half, although it should: the browser suspended it, or the machine slept. Told again as long as it
   * lasts.
   */
  | { readonly type: "stalled" };
