import { levelDb } from "./levels.js";
import { sileroDetector } from "./silero.js";
import type { SoundMessage, StartListening } from "./sound-messages.js";
import { SpeechFilter, type SoundBlock } from "./speech-filter.js";
import { LoudnessDetector, type VoiceDetector } from "./voice-detector.js";

// The thread beside the page: a page that draws, or is hidden, holds up no voice.

/** How often the page is told what is heard, in milliseconds. */
const tellEveryMs = 100;
/** Sound that stays away for so long has stalled, in milliseconds. */
const stalledMs = 1500;

const tell = (message: SoundMessage) => postMessage(message);

addEventListener("message", ({ data, ports: [port] }: MessageEvent<StartListening>) => {
  if (port) void listen(data, port);
});

async function listen({ fromHz, voiceModel }: StartListening, port: MessagePort): Promise<void> {
  // Loudness judges until the model has come, so that the first words are not lost.
  const byLoudness = { rep: new LoudnessDetector(), customer: new LoudnessDetector() };
  const filter = new SpeechFilter(fromHz, byLoudness, (spoken) => tell({ type: "spoken", spoken }));
  let last: SoundBlock = { at: 0, rep: null, customer: null };
  let heardAt = performance.now();
  let lookedAt = heardAt;
  let fresh = false;
  port.onmessage = ({ data }: MessageEvent<SoundBlock>) => {
    [last, heardAt, fresh] = [data, performance.now(), true];
    filter.push(data);
  };
  setInterval(() => {
    // Where this thread itself was late, e.g. after sleep, the sound gets its time anew.
    if (performance.now() - lookedAt > stalledMs / 2) heardAt = performance.now();
    lookedAt = performance.now();
    if (!fresh && performance.now() - heardAt > stalledMs) {
      heardAt = performance.now();
      tell({ type: "stalled" });
    }
    if (!fresh) return;
    fresh = false;
    const level = (samples: Float32Array | null) => samples && levelDb(samples);
    tell({ type: "hearing", rep: level(last.rep), customer: level(last.customer), dropped: filter.dropped, echoes: filter.echoes });
  }, tellEveryMs);

  const detectors = await load(voiceModel);
  if (detectors) filter.use(detectors);
  tell({ type: "ready", detector: detectors ? "silero" : "loudness" });
}

async function load(voiceModel: string): Promise<Record<"rep" | "customer", VoiceDetector> | null> {
  try {
    const answer = await fetch(voiceModel);
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}.`);
    const model = await answer.arrayBuffer();
    const make = () => sileroDetector(model.slice(0));
    return { rep: await make(), customer: await make() };
  } catch (error) {
    console.warn("Voice activity goes by loudness alone: the model could not be loaded.", error);
    return null;
  }
}
