import type { Speaker } from "../wire/messages.js";
import { judgeEcho, type EchoPath } from "./echo.js";
import { levelDb } from "./levels.js";
import { toPcm16 } from "./pcm.js";
import { SpeechGate } from "./speech-gate.js";
import { frameSamples, type VoiceDetector } from "./voice-detector.js";
import { sampleRate, Voice, type Moment } from "./voice.js";

/** What the sound card gave: both voices from the same moment on; null where there is none. */
export interface SoundBlock {
  /** Of the first sample, in samples of the card's rate. */
  readonly at: number;
  readonly rep: Float32Array | null;
  readonly customer: Float32Array | null;
}

/** Speech on its way out. */
export interface Spoken {
  readonly speaker: Speaker;
  /** When its first sample was heard, in seconds on the clock of the capture. */
  readonly at: number;
  /** As the wire carries it; empty where only the end is told. */
  readonly pcm: string;
  readonly endOfSpeech: boolean;
  /** It was let pass by a speech model. */
  readonly gated?: boolean;
}

/** Moments that wait for their judgement, two seconds of one voice; the oldest are given up. */
const capacity = 2 * Math.round(sampleRate / frameSamples);

const speakers = ["customer", "rep"] as const;

const mark = ({ detector }: Channel) => (detector.speechModel ? { gated: true } : {});

interface Channel {
  readonly voice: Voice;
  readonly gate: SpeechGate<Moment>;
  detector: VoiceDetector;
  /** Where the last frame that was sent ended, in samples of the wire. */
  sentUntil: number;
}

/** Both voices in, speech out: each judged by a detector of its own, the customer's voice in the rep's microphone left out. */
export class SpeechFilter {
  readonly #channels: Readonly<Record<Speaker, Channel>>;
  readonly #emit: (spoken: Spoken) => void;
  #waiting: { readonly speaker: Speaker; readonly moment: Moment }[] = [];
  #judging: Promise<void> | null = null;
  #echoPath: EchoPath | null = null;
  #dropped = 0;
  #echoes = 0;

  /** @param fromHz The sound card's rate, in samples a second. */
  constructor(fromHz: number, detectors: Readonly<Record<Speaker, VoiceDetector>>, emit: (spoken: Spoken) => void) {
    const channel = (detector: VoiceDetector): Channel => ({ voice: new Voice(fromHz), gate: new SpeechGate(), detector, sentUntil: 0 });
    this.#channels = { rep: channel(detectors.rep), customer: channel(detectors.customer) };
    this.#emit = emit;
  }

  /** Frames given up because judging them took too long. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Frames of the rep's microphone left out because they were the customer's voice. */
  get echoes(): number {
    return this.#echoes;
  }

  /** From now on these judge, whatever is under way. */
  use(detectors: Readonly<Record<Speaker, VoiceDetector>>): void {
    for (const speaker of speakers) this.#channels[speaker].detector = detectors[speaker];
  }

  push(block: SoundBlock): void {
    // The customer first: what comes back in the microphone is compared with it.
    for (const speaker of speakers) {
      const samples = block[speaker];
      if (!samples) this.#close(speaker);
      else for (const moment of this.#channels[speaker].voice.push(block.at, samples)) this.#waiting.push({ speaker, moment });
    }
    this.#dropped += Math.max(0, this.#waiting.length - capacity);
    this.#waiting = this.#waiting.slice(-capacity);
    this.#judging ??= this.#judge().finally(() => (this.#judging = null));
  }

  /** When all that was pushed has been judged. */
  async settled(): Promise<void> {
    await this.#judging;
  }

  async #judge(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { speaker, moment } = next;
      const channel = this.#channels[speaker];
      const probability = await channel.detector.judge(moment.samples);
      const echo = speaker === "rep" && probability > 0.1 && this.#comesBack(moment);
      if (echo) this.#echoes++;
      const { send, ended } = channel.gate.push(moment, echo ? 0 : probability, levelDb(moment.samples));
      for (const each of send) this.#send(speaker, channel, each);
      if (ended) this.#end(speaker, channel);
    }
  }

  #comesBack({ at }: Moment): boolean {
    const { rep, customer } = this.#channels;
    const end = at + frameSamples;
    const { echo, path } = judgeEcho(rep.voice.envelopeUntil(end), customer.voice.envelopeUntil(end), this.#echoPath, rep.gate.open);
    this.#echoPath = path;
    return echo;
  }

  #close(speaker: Speaker): void {
    const channel = this.#channels[speaker];
    channel.voice.stop();
    this.#waiting = this.#waiting.filter((each) => each.speaker !== speaker);
    if (channel.gate.close()) this.#end(speaker, channel);
  }

  #send(speaker: Speaker, channel: Channel, { at, samples }: Moment): void {
    channel.sentUntil = at + samples.length;
    this.#emit({ speaker, at: at / sampleRate, pcm: toPcm16(samples), endOfSpeech: false, ...mark(channel) });
  }

  #end(speaker: Speaker, channel: Channel): void {
    this.#emit({ speaker, at: channel.sentUntil / sampleRate, pcm: "", endOfSpeech: true, ...mark(channel) });
  }
}
