/** The rate of a buyer's voice, in samples a second. */
export const speechRate = 24_000;

/** Where a voice is played. */
export interface SpeechOutput {
  /** What is played, to compare a microphone with; null where there is none. */
  readonly stream: MediaStream | null;
  /** Told of all samples that were really played since the beginning, ten times a second, and at once after {@link clear}. */
  onPlayed: (played: number, cleared: boolean) => void;
  /** Plays samples behind those that wait. */
  play(samples: Float32Array<ArrayBuffer>): void;
  /** Is silent at once: what waits is not played. */
  clear(): void;
  close(): void;
}

/** Plays through an AudioWorklet, from the first sample on. */
export async function openSpeechOutput(): Promise<SpeechOutput> {
  const context = new AudioContext({ latencyHint: "interactive", sampleRate: speechRate });
  await context.audioWorklet.addModule(new URL("./speech-worklet.js", import.meta.url));
  const worklet = new AudioWorkletNode(context, "teleprompter-speech", { numberOfInputs: 0, outputChannelCount: [1] });
  const copy = context.createMediaStreamDestination();
  worklet.connect(context.destination);
  worklet.connect(copy);
  const output: SpeechOutput = {
    stream: copy.stream,
    onPlayed: () => {},
    play: (samples) => {
      // The browser, or the machine's sleep, may have stopped it.
      if (context.state !== "running") void context.resume();
      worklet.port.postMessage(samples, [samples.buffer]);
    },
    clear: () => worklet.port.postMessage(null),
    close: () => void context.close(),
  };
  worklet.port.onmessage = ({ data }: MessageEvent<{ played: number; cleared: boolean }>) => output.onPlayed(data.played, data.cleared);
  return output;
}

/** Takes all for played, where a browser cannot: the gateway would break off what nobody hears, and its words are read all the same. */
export function silentOutput(): SpeechOutput {
  let played = 0;
  const output: SpeechOutput = {
    stream: null,
    onPlayed: () => {},
    play: (samples) => output.onPlayed((played += samples.length), false),
    clear: () => output.onPlayed(played, true),
    close: () => {},
  };
  return output;
}
