import { voiceModel } from "../build/voice-model.js";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  // Relative: a proxy may serve the gateway under a path of its own.
  base: "./",
  plugins: [voiceModel()],
  resolve: { conditions: ["source", ...defaultClientConditions] },
  // The gateway serves the built panel; while developing, the panel's server asks the gateway.
  server: { proxy: { "/hubs": { target: "http://localhost:5080", ws: true } } },
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    // Everything comes from files of our own origin: the content policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
