import type { Spoken } from "../../src/capture/speech-filter.js";
import { SpeechFilter } from "../../src/capture/speech-filter.js";
import type { VoiceDetector } from "../../src/capture/voice-detector.js";
import type { Recording } from "./recording.js";

export interface Sent extends Spoken {
  /** How much of the recording had been heard when it was sent, in seconds. */
  readonly sentAt: number;
}

/** Plays two voices through the filter as a browser would, in blocks of 10 ms and a bit. */
export async function play({ rep, customer }: Pick<Recording, "rep" | "customer">, rate: number, detector: () => Promise<VoiceDetector>): Promise<{ sent: Sent[]; filter: SpeechFilter }> {
  const sent: Sent[] = [];
  let heard = 0;
  const filter = new SpeechFilter(rate, { rep: await detector(), customer: await detector() }, (spoken) => sent.push({ ...spoken, sentAt: heard / rate }));
  const size = 128 * Math.round(rate / 12_000);
  for (let at = 0; at + size <= rep.length; at += size) {
    heard = at + size;
    filter.push({ at, rep: rep.subarray(at, at + size), customer: customer.subarray(at, at + size) });
    await filter.settled();
  }
  return { sent, filter };
}

/** How long a frame lasts, in seconds. */
export const seconds = ({ pcm }: Spoken): number => (pcm.length * 3) / 4 / 2 / 16_000;
