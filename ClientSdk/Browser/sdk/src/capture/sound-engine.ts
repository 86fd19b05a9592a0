import type { Speaker } from "../wire/messages.js";
import type { SoundMessage, StartListening } from "./sound-messages.js";

/** Where the sound of both voices goes: out of the browser's streams, into messages. */
export interface SoundEngine {
  /** Where the sound card's clock stands, in seconds. */
  readonly now: number;
  onMessage: (message: SoundMessage) => void;
  /** @param audible Plays it as well: a captured tab is silent otherwise. */
  connect(speaker: Speaker, stream: MediaStream, audible: boolean): void;
  disconnect(speaker: Speaker): void;
  /** Goes on after the browser or the machine stopped it. */
  resume(): Promise<void>;
  close(): void;
}

/** Which input of the worklet a voice is. */
const inputs: Readonly<Record<Speaker, number>> = { rep: 0, customer: 1 };

/** @param voiceModel The address of the model. */
export async function openSoundEngine(voiceModel: string): Promise<SoundEngine> {
  const context = new AudioContext({ latencyHint: "interactive" });
  await context.audioWorklet.addModule(new URL("./sound-worklet.js", import.meta.url));
  const worklet = new AudioWorkletNode(context, "teleprompter-sound", { numberOfInputs: 2 });
  // It plays nothing; but what leads nowhere a browser need not run.
  worklet.connect(context.destination);
  const worker = new Worker(new URL("./sound-worker.js", import.meta.url), { type: "module" });
  const door = new MessageChannel();
  const start: StartListening = { fromHz: context.sampleRate, voiceModel: new URL(voiceModel, document.baseURI).href };
  worker.postMessage(start, [door.port1]);
  worklet.port.postMessage(door.port2, [door.port2]);
  return engine(context, worklet, worker);
}

function engine(context: AudioContext, worklet: AudioWorkletNode, worker: Worker): SoundEngine {
  const sources = new Map<Speaker, MediaStreamAudioSourceNode>();
  const made: SoundEngine = {
    get now() {
      return context.currentTime;
    },
    onMessage: () => {},
    connect(speaker, stream, audible) {
      made.disconnect(speaker);
      const source = context.createMediaStreamSource(stream);
      source.connect(worklet, 0, inputs[speaker]);
      if (audible) source.connect(context.destination);
      sources.set(speaker, source);
      void made.resume();
    },
    disconnect(speaker) {
      sources.get(speaker)?.disconnect();
      sources.delete(speaker);
    },
    resume: () => context.resume(),
    close() {
      worker.terminate();
      void context.close();
    },
  };
  worker.onmessage = ({ data }: MessageEvent<SoundMessage>) => made.onMessage(data);
  return made;
}
