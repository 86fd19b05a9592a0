import { Silero } from "@ricky0123/vad-web/dist/models/silero.js";
import * as ort from "onnxruntime-web/wasm";
import type { VoiceDetector } from "./voice-detector.js";

/**
 * Silero's model of voice activity (https://github.com/snakers4/silero-vad), on one thread of WebAssembly.
 * @param model The bytes of silero_vad_v6.onnx.
 * @throws Where the browser has no WebAssembly, or forbids it, or a file is not there.
 */
export async function sileroDetector(model: ArrayBuffer): Promise<VoiceDetector> {
  ort.env.wasm.numThreads = 1;
  const silero = await Silero.new(ort, () => Promise.resolve(model));
  return { speechModel: true, judge: async (frame) => (await silero.process(frame)).isSpeech };
}
