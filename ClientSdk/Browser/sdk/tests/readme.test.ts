import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

it("The README shows the example that is type-checked here", () => {
  const shown = /```ts\n(.*?)```/s.exec(read("../README.md"))?.[1];
  const [, ...checked] = read("readme-example.ts").split("\n");
  expect(shown).toBe(checked.join("\n"));
});
