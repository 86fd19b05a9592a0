import { readFileSync } from "node:fs";

/** A golden file that C# reads too. */
export function golden<T>(path: string): T {
  return JSON.parse(readFileSync(`${import.meta.dirname}/../../../../tests/Golden/lead/${path}`, "utf8")) as T;
}
