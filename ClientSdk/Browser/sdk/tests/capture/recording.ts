import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Speaker } from "../../src/index.js";

export interface SaidTurn {
  readonly speaker: Speaker;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A recorded call, a voice a channel, 16,000 samples a second. */
export interface Recording {
  readonly rep: Float32Array;
  readonly customer: Float32Array;
  readonly turns: readonly SaidTurn[];
}

/** The recorded sales call beside the repository; null where it is absent. */
export function salesCall(): Recording | null {
  const folder = findShared();
  if (folder === null) return null;
  const file = readFileSync(join(folder, "audio", "sales-call.wav"));
  const data = file.indexOf("data", 12, "latin1") + 8;
  const samples = new Int16Array(file.buffer.slice(file.byteOffset + data, file.byteOffset + file.length - ((file.length - data) % 4)));
  const channel = (which: number) => Float32Array.from({ length: samples.length / 2 }, (_, at) => (samples[2 * at + which] ?? 0) / 32768);
  const { turns } = JSON.parse(readFileSync(join(folder, "audio", "sales-call.json"), "utf8")) as { turns: readonly SaidTurn[] };
  return { rep: channel(0), customer: channel(1), turns };
}

function findShared(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "shared", "audio"))) return join(folder, "shared");
  }
  return null;
}

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
