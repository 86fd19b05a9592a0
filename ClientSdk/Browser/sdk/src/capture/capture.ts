import type { Speaker } from "../wire/messages.js";
import type { CaptureOptions, CaptureView, VoiceTarget } from "./capture-options.js";
import { openSoundEngine, type SoundEngine } from "./sound-engine.js";
import type { Hearing, SoundMessage } from "./sound-messages.js";
import { troubleOf, type SourceState, type SourceTrouble } from "./source-state.js";
import { SpeechClock } from "./speech-clock.js";
import type { Spoken } from "./speech-filter.js";

interface Source {
  readonly stream: MediaStream;
  readonly audible: boolean;
  /** Takes it up again after it was lost; null where only the person can. */
  readonly again: (() => Promise<MediaStream>) | null;
}

const off: SourceState = { phase: "off" };
const speakers = ["rep", "customer"] as const;

/**
 * Captures both voices of a call: the rep's microphone, and the tab or any other stream that carries the customer. Speech alone is handed
 * on. Nothing throws: what went wrong stands in {@link view}, and what can come back by itself does.
 */
export class Capture {
  readonly #voiceModel: string;
  readonly #devices: MediaDevices | undefined;
  readonly #open: (voiceModel: string) => Promise<SoundEngine>;
  readonly #listeners = new Set<() => void>();
  readonly #sources = new Map<Speaker, Source>();
  #engine: Promise<SoundEngine> | null = null;
  #running: SoundEngine | null = null;
  #view: CaptureView = { rep: off, customer: off, detector: null, dropped: 0, echoes: 0 };
  #levels: Readonly<Record<Speaker, number | null>> = { rep: null, customer: null };
  #target: VoiceTarget | null = null;
  #played: MediaStream | null = null;
  #closed = false;
  #clock = new SpeechClock();
  readonly #deviceChange = () => void this.#lookForDevices();

  constructor(options: CaptureOptions = {}) {
    const { voiceModel = "voice/silero_vad_v6.onnx", devices = globalThis.navigator?.mediaDevices, engine = openSoundEngine } = options;
    [this.#voiceModel, this.#devices, this.#open] = [voiceModel, devices, engine];
    devices?.addEventListener?.("devicechange", this.#deviceChange);
  }

  get view(): CaptureView {
    return this.#view;
  }

  /** How loud each voice is just now, in decibels of full scale; null where there is none. Changes ten times a second without telling. */
  get levels(): Readonly<Record<Speaker, number | null>> {
    return this.#levels;
  }

  /** Told after every change of {@link view}. Returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands the speech to a call, or to nobody. */
  feed(target: VoiceTarget | null): void {
    this.#target = target;
    this.#clock = new SpeechClock();
  }

  /** Asks for the rep's microphone. The browser takes the echo, the noise and the differences of loudness out of it. */
  useMicrophone(): Promise<void> {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
    const ask = () => this.#media().getUserMedia({ audio });
    return this.#ask("rep", ask, { again: ask });
  }

  /** Lets the rep choose the tab, or the screen, that the customer is heard in. It stays audible. */
  useTab(): Promise<void> {
    return this.#ask("customer", () => this.#media().getDisplayMedia({
      video: true, audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      ...{ systemAudio: "include", selfBrowserSurface: "exclude", surfaceSwitching: "include" },
    }), { again: null });
  }

  /**
   * Takes a voice from a stream that the page has got in a way of its own.
   * @param audible Plays it as well.
   */
  useStream(speaker: Speaker, open: () => Promise<MediaStream>, audible = false): Promise<void> {
    return this.#ask(speaker, open, { again: null, audible });
  }

  /** Takes the sound that the page itself plays as the other voice: what comes back of it in the microphone is left out, and none is handed on. */
  leaveOut(stream: MediaStream): void {
    this.#played = stream;
    if (this.#running) this.#compare(this.#running);
  }

  /** Nothing of a muted voice is heard, and nothing leaves. */
  mute(speaker: Speaker, muted: boolean): void {
    const state = this.#view[speaker];
    if (state.phase !== "on") return;
    for (const track of this.#sources.get(speaker)?.stream.getAudioTracks() ?? []) track.enabled = !muted;
    this.#set(speaker, { ...state, muted });
  }

  /** Lets go of a voice. */
  release(speaker: Speaker): void {
    this.#drop(speaker);
    this.#set(speaker, off);
  }

  /** Lets go of everything. */
  close(): void {
    this.#devices?.removeEventListener?.("devicechange", this.#deviceChange);
    for (const speaker of speakers) this.#drop(speaker);
    this.#closed = true;
    this.#running?.close();
    this.#listeners.clear();
    this.#target = null;
  }

  async #ask(speaker: Speaker, open: () => Promise<MediaStream>, how: { again?: Source["again"]; audible?: boolean }): Promise<void> {
    const { again = null, audible = false } = how;
    const before = this.#view[speaker];
    if (before.phase === "asking") return;
    this.#set(speaker, { phase: "asking" });
    try {
      const stream = await open();
      const track = stream.getAudioTracks()[0];
      // Only the sound is wanted: the picture is let go at once.
      for (const each of stream.getVideoTracks()) each.stop();
      if (!track) return this.#fail(speaker, "withoutSound");
      await this.#take(speaker, { stream, audible, again }, track);
    } catch (error) {
      // Somebody who thinks better of sharing another tab keeps the one that is shared.
      if (before.phase === "on" && this.#sources.has(speaker)) this.#set(speaker, before);
      else this.#fail(speaker, troubleOf(error), error);
    }
  }

  async #take(speaker: Speaker, source: Source, track: MediaStreamTrack): Promise<void> {
    const engine = await this.#startEngine().catch((error: unknown) => {
      stop(source.stream);
      throw error;
    });
    if (this.#closed) return stop(source.stream), engine.close();
    this.#running = engine;
    engine.onMessage = (message) => this.#heard(message);
    this.#drop(speaker);
    this.#sources.set(speaker, source);
    engine.connect(speaker, source.stream, source.audible);
    this.#compare(engine);
    const mine = () => this.#sources.get(speaker) === source;
    const on = (): SourceState => ({ phase: "on", label: track.label, muted: !track.enabled });
    track.onended = () => mine() && this.#lost(speaker, source);
    track.onmute = () => mine() && this.#fail(speaker, "silenced");
    track.onunmute = () => mine() && this.#set(speaker, on());
    this.#set(speaker, track.muted ? { phase: "trouble", trouble: "silenced", label: track.label } : on());
  }

  /** Not every browser takes a stream of another rate; its own echo cancellation is there all the same. */
  #compare(engine: SoundEngine): void {
    try {
      if (this.#played) engine.connect("customer", this.#played, false);
    } catch (error) {
      console.warn("What the page plays cannot be compared with the microphone.", error);
    }
  }

  /** One engine for both voices; one that could not be started is tried again the next time. */
  #startEngine(): Promise<SoundEngine> {
    return (this.#engine ??= this.#open(this.#voiceModel).catch((error: unknown) => {
      this.#engine = null;
      throw error;
    }));
  }

  #lost(speaker: Speaker, source: Source): void {
    this.#drop(speaker);
    this.#fail(speaker, source.again ? "unplugged" : "ended");
    if (source.again) void this.#ask(speaker, source.again, source);
  }

  /** A device came or went: what was lost for want of one may be had again. */
  async #lookForDevices(): Promise<void> {
    const state = this.#view.rep;
    if (state.phase === "trouble" && ["unplugged", "missing", "inUse"].includes(state.trouble)) await this.useMicrophone();
  }

  #heard(message: SoundMessage): void {
    switch (message.type) {
      case "spoken": return this.#hand(message.spoken);
      case "ready": return this.#change({ detector: message.detector });
      case "stalled": return this.#stalled();
      case "hearing": return this.#measure(message);
    }
  }

  #measure({ rep, customer, dropped, echoes }: Hearing): void {
    this.#levels = { rep, customer };
    for (const speaker of speakers) {
      const state = this.#view[speaker];
      const track = this.#sources.get(speaker)?.stream.getAudioTracks()[0];
      if (state.phase !== "trouble" || state.trouble !== "stalled" || !track) continue;
      this.#set(speaker, { phase: "on", label: track.label, muted: !track.enabled });
    }
    if (dropped !== this.#view.dropped || echoes !== this.#view.echoes) this.#change({ dropped, echoes });
  }

  #stalled(): void {
    this.#levels = { rep: null, customer: null };
    for (const speaker of speakers) if (this.#view[speaker].phase === "on") this.#fail(speaker, "stalled");
    this.#running?.resume().catch(() => {});
  }

  #hand(spoken: Spoken): void {
    const target = this.#played && spoken.speaker === "customer" ? null : this.#target;
    target?.hearVoice(this.#clock.place(spoken, this.#running?.now ?? spoken.at, target.elapsedMs));
  }

  #media(): MediaDevices {
    if (!this.#devices) throw new Error("Only a page from https or localhost may use a microphone.");
    return this.#devices;
  }

  #drop(speaker: Speaker): void {
    const source = this.#sources.get(speaker);
    this.#sources.delete(speaker);
    this.#running?.disconnect(speaker);
    if (source) stop(source.stream);
  }

  #fail(speaker: Speaker, trouble: SourceTrouble, error?: unknown): void {
    if (trouble === "unsupported" && error) console.warn(error);
    this.#set(speaker, { phase: "trouble", trouble, label: this.#sources.get(speaker)?.stream.getAudioTracks()[0]?.label ?? "" });
  }

  #set(speaker: Speaker, state: SourceState): void {
    this.#change({ [speaker]: state });
  }

  #change(change: Partial<CaptureView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }
}
