// A Vite plugin that serves Silero's model of voice activity beside a page, as voice/silero_vad_v6.onnx, from the package that ships it, and the licences of all that it
// takes to run it as voice/LICENSES.txt.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const name = "voice/silero_vad_v6.onnx";
const require = createRequire(new URL("../sdk/package.json", import.meta.url));
const read = () => readFileSync(join(dirname(require.resolve("@ricky0123/vad-web")), "silero_vad_v6.onnx"));

/** @returns {import("vite").Plugin} */
export const voiceModel = () => ({
  name: "voice-model",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: name, source: read() });
    this.emitFile({ type: "asset", fileName: "voice/LICENSES.txt", source: readFileSync(new URL("voice-licenses.txt", import.meta.url)) });
  },
  configureServer: ({ middlewares }) => void middlewares.use(`/${name}`, (_, answer) => void answer.end(read())),
});
