import { defineConfig } from "vitest/config";

const resolve = { conditions: ["source"] };

export default defineConfig({
  test: {
    projects: [
      { resolve, ssr: { resolve }, test: { name: "sdk", include: ["sdk/tests/**/*.test.ts"], environment: "node" } },
      { test: { name: "workspaces", include: ["testing/**/*.test.ts"], environment: "node" } },
      { resolve, test: { name: "side-panel", include: ["side-panel/tests/**/*.test.{ts,tsx}"], environment: "happy-dom" } },
      { resolve, ssr: { resolve }, test: { name: "extension", include: ["extension/tests/**/*.test.ts"], environment: "node" } },
      { resolve, ssr: { resolve }, test: { name: "dashboard", include: ["dashboard/tests/**/*.test.{ts,tsx}"], environment: "node" } },
    ],
  },
});
