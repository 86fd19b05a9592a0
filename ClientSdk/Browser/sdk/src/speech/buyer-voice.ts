import type { CallClient } from "../call/call-client.js";
import type { VoiceFrame } from "../capture/speech-clock.js";
import type { VoiceTarget } from "../capture/capture-options.js";
import { systemClock, type Clock } from "../time/clock.js";
import type { SpeechFrame } from "../wire/messages.js";
import { browserVoice, type BrowserVoice } from "./browser-voice.js";
import { openSpeechOutput, silentOutput, type SpeechOutput } from "./speech-output.js";
import { SpeechPlayer } from "./speech-player.js";

/** How the buyer of a rehearsal is heard: by the gateway's speech server, by the browser's own voice, or not at all. */
export type BuyerSound = "spoken" | "browser" | "text";

export interface BuyerVoiceOptions {
  /** Opens what plays; tests bring their own. */
  readonly output?: () => Promise<SpeechOutput>;
  /** The browser's own voice; null for none. */
  readonly browser?: BrowserVoice | null;
  readonly clock?: Clock;
  /** Told of what is played, so that a capture can leave it out of the microphone. */
  readonly onStream?: (stream: MediaStream) => void;
}

/**
 * Says the turns of a rehearsal's buyer aloud, and falls silent when the rep begins to speak, unless the persona holds the floor. Feed a
 * `Capture` to it in place of the client: it hands the rep's voice on.
 */
export class BuyerVoice implements VoiceTarget {
  readonly #client: CallClient;
  readonly #browser: BrowserVoice | null;
  readonly #clock: Clock;
  readonly #unsubscribe: () => void;
  #player: SpeechPlayer | null = null;
  #early: SpeechFrame[] = [];
  #silent = false;
  #repSpeaks = false;
  #said: Set<string> | null = null;
  #closed = false;

  /** Opens the output at once: a page may play only what the rep's own click has begun. */
  constructor(client: CallClient, options: BuyerVoiceOptions = {}) {
    const { output = openSpeechOutput, browser = browserVoice(), clock = systemClock } = options;
    [this.#client, this.#browser, this.#clock] = [client, browser, clock];
    client.onSpeech = (frame) => this.#receive(frame);
    this.#unsubscribe = client.subscribe(() => this.#follow());
    void this.#open(output, options.onStream);
  }

  /** How the buyer is heard; null before the gateway has told. */
  get sound(): BuyerSound | null {
    const rehearsal = this.#client.view.rehearsal;
    if (!rehearsal) return null;
    if (rehearsal.voice && !this.#silent) return "spoken";
    return this.#browser?.available && !rehearsal.voice ? "browser" : "text";
  }

  get elapsedMs(): number {
    return this.#client.elapsedMs;
  }

  hearVoice(frame: VoiceFrame): void {
    if (frame.speaker === "rep") {
      const begins = !this.#repSpeaks && !frame.endOfSpeech;
      this.#repSpeaks = !frame.endOfSpeech;
      if (begins) this.#interrupt();
    }
    this.#client.hearVoice(frame);
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    this.#client.onSpeech = () => {};
    this.#player?.close();
    this.#browser?.cancel();
  }

  async #open(open: () => Promise<SpeechOutput>, onStream?: (stream: MediaStream) => void): Promise<void> {
    const output = await open().catch((error: unknown) => {
      console.warn("The buyer's voice cannot be played here: its words are text.", error);
      this.#silent = true;
      return silentOutput();
    });
    if (this.#closed) return output.close();
    const player = new SpeechPlayer(output, (report) => this.#client.reportSpeech(report), this.#clock);
    this.#player = player;
    if (output.stream) onStream?.(output.stream);
    for (const frame of this.#early) player.receive(frame);
    this.#early = [];
  }

  #receive(frame: SpeechFrame): void {
    if (this.#player) this.#player.receive(frame);
    else this.#early.push(frame);
  }

  /** The rep begins to speak. */
  #interrupt(): void {
    if (this.#client.view.rehearsal?.persona.holds) return;
    this.#player?.interrupt();
    this.#browser?.cancel();
  }

  /** The browser's voice says the buyer's lines as they become final; those from before the page was opened are only read. */
  #follow(): void {
    const { view, connection } = this.#client;
    if (connection.phase === "ended" || view.status.paused) return this.#hush();
    if (this.sound !== "browser") return;
    const lines = view.segments.filter((each) => each.speaker === "customer" && each.final && each.text !== "");
    const known = (this.#said ??= new Set(lines.length > 1 ? lines.map((each) => each.segmentId) : []));
    for (const { segmentId, text } of lines) {
      if (known.has(segmentId)) continue;
      known.add(segmentId);
      this.#browser?.speak(text);
    }
  }

  #hush(): void {
    if (this.#client.view.status.paused) this.#player?.interrupt();
    if (this.sound === "browser") this.#browser?.cancel();
  }
}
