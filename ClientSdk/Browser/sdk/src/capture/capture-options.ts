import type { SoundEngine } from "./sound-engine.js";
import type { DetectorKind } from "./sound-messages.js";
import type { SourceState } from "./source-state.js";
import type { VoiceFrame } from "./speech-clock.js";

/** Takes the speech; a `CallClient` does. */
export interface VoiceTarget {
  /** The call's clock, in milliseconds. */
  readonly elapsedMs: number;
  hearVoice(frame: VoiceFrame): void;
}

export interface CaptureOptions {
  /** Where the page serves Silero's model; `voice/silero_vad_v6.onnx` beside the page when absent. */
  readonly voiceModel?: string;
  /** The browser's own; tests bring theirs. */
  readonly devices?: MediaDevices;
  readonly engine?: (voiceModel: string) => Promise<SoundEngine>;
}

/** What is known of the sound. */
export interface CaptureView {
  readonly rep: SourceState;
  readonly customer: SourceState;
  /** What tells speech from the rest; null until it is loaded. */
  readonly detector: DetectorKind | null;
  /** Frames that were given up because this machine was too slow. */
  readonly dropped: number;
  /** Frames left out of the rep's voice because they were the customer's, from the loudspeaker. */
  readonly echoes: number;
}
