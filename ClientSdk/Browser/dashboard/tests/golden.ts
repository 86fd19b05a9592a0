import { readFileSync } from "node:fs";

/** A golden file that C# reads too. */
export function golden<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../tests/Golden/lead/${path}`, import.meta.url), "utf8")) as T;
}
