import type { SoundEngine, SoundMessage, Speaker } from "@teleprompter/sdk";

/** A track that a test ends, mutes and names. */
export class FakeTrack extends EventTarget {
  enabled = true;
  muted = false;
  stopped = false;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;
  readonly kind: "audio" | "video";
  readonly label: string;

  constructor(label: string, kind: "audio" | "video" = "audio") {
    super();
    [this.label, this.kind] = [label, kind];
  }

  stop(): void {
    this.stopped = true;
  }
}

export const streamOf = (...tracks: readonly FakeTrack[]): MediaStream => ({
  getTracks: () => tracks,
  getAudioTracks: () => tracks.filter((each) => each.kind === "audio"),
  getVideoTracks: () => tracks.filter((each) => each.kind === "video"),
}) as unknown as MediaStream;

/** A browser's devices: a test says what asking for them gives. */
export class FakeDevices extends EventTarget {
  microphone: () => MediaStream = () => streamOf(new FakeTrack("Built-in microphone"));
  tab: () => MediaStream = () => streamOf(new FakeTrack("Tab"), new FakeTrack("Picture", "video"));
  asked: MediaStreamConstraints[] = [];

  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    return Promise.resolve().then(() => this.microphone());
  }

  getDisplayMedia(): Promise<MediaStream> {
    return Promise.resolve().then(() => this.tab());
  }

  /** What a `Capture` takes for the browser's own. */
  get asDevices(): MediaDevices {
    return this as unknown as MediaDevices;
  }
}

/** A sound engine that a test speaks for. */
export class FakeEngine implements SoundEngine {
  now = 0;
  resumed = 0;
  closed = false;
  readonly connected = new Map<Speaker, { readonly stream: MediaStream; readonly audible: boolean }>();
  onMessage: (message: SoundMessage) => void = () => {};

  connect(speaker: Speaker, stream: MediaStream, audible: boolean): void {
    this.connected.set(speaker, { stream, audible });
  }

  disconnect(speaker: Speaker): void {
    this.connected.delete(speaker);
  }

  resume(): Promise<void> {
    this.resumed++;
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  hear(rep: number | null, customer: number | null, dropped = 0): void {
    this.onMessage({ type: "hearing", rep, customer, dropped, echoes: 0 });
  }
}
