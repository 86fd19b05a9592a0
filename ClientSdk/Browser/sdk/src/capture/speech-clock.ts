import type { AudioFrame, Speaker } from "../wire/messages.js";
import type { Spoken } from "./speech-filter.js";

/** A moment of a voice on a call's clock; its number is given to it when it is sent. */
export type VoiceFrame = Omit<AudioFrame, "number">;

/**
 * Puts speech on a call's clock. The two clocks are compared once a stretch: its frames follow each other without a gap, whatever the page
 * is busy with, and clocks that drift apart meet again at the next stretch.
 */
export class SpeechClock {
  /** Where each stretch that is under way began: the sound card's seconds and the call's milliseconds. */
  readonly #began = new Map<Speaker, { readonly at: number; readonly callMs: number }>();

  /**
   * @param soundNow Where the sound card's clock stands, in seconds.
   * @param callNowMs Where the call's clock stands.
   */
  place({ at, ...spoken }: Spoken, soundNow: number, callNowMs: number): VoiceFrame {
    const { speaker, endOfSpeech } = spoken;
    const began = this.#began.get(speaker) ?? { at, callMs: callNowMs - (soundNow - at) * 1000 };
    if (endOfSpeech) this.#began.delete(speaker);
    else this.#began.set(speaker, began);
    return { ...spoken, atMs: Math.max(0, Math.round(began.callMs + (at - began.at) * 1000)) };
  }
}
