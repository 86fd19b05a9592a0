import { defaultClientConditions, defineConfig } from "vite";
import { voiceModel } from "../build/voice-model.js";

export default defineConfig({
  plugins: [voiceModel()],
  resolve: { conditions: ["source", ...defaultClientConditions] },
  // The panel is the same page: its sample calls and its icon come with it.
  publicDir: "../side-panel/public",
  build: {
    target: "chrome123",
    outDir: "dist/teleprompter",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: ["panel.html", "options.html", "microphone.html", "src/background.ts"],
      output: { entryFileNames: (chunk) => (chunk.name === "background" ? "background.js" : "assets/[name]-[hash].js") },
    },
  },
});
