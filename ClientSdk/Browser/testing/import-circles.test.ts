import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importCircles } from "./import-circles.js";

const sources = (workspace: string) => fileURLToPath(new URL(`../${workspace}/src`, import.meta.url));

describe("Imports go one way, between modules and between folders,", () => {
  it.each(["sdk", "side-panel", "dashboard", "extension"])("in %s", (workspace) => {
    expect(importCircles(sources(workspace))).toEqual([]);
  });
});

describe("A circle is found", () => {
  it.each<[string, Record<string, string>, string[]]>([
    ["between modules", { "a.ts": 'import "./b.js";', "b.ts": 'export * from "./a.js";' }, ["a.ts → b.ts → a.ts"]],
    ["of types too", { "a.ts": 'import type { B } from "./b.js";', "b.tsx": 'import { A } from "./a.js";' }, ["a.ts → b.tsx → a.ts"]],
    ["between folders", { "x/a.ts": 'import "../y/b.js";', "x/c.ts": "", "y/b.ts": 'import "../x/c.js";' }, ["x → y → x"]],
    ["not where there is none", { "a.ts": 'import "./x/b.js"; import "npm";', "x/b.ts": 'import "./c.js";', "x/c.ts": "" }, []],
  ])("%s", (_name, files, circles) => {
    const root = mkdtempSync(join(tmpdir(), "import-circles-"));
    try {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, file)), { recursive: true });
        writeFileSync(join(root, file), text);
      }
      expect(importCircles(root)).toEqual(circles);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
