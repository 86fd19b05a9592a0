import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("design/tokens.css", "utf8");
const colours = new Map([...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [name, { light, dark }]));

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Text and what it stands on. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ["ink", ["sheet", "paper", "well"]], ["soft", ["sheet", "paper", "well"]], ["accent", ["sheet", "paper", "tint"]],
  ["on-accent", ["accent"]], ["warn", ["sheet", "paper"]], ["alarm", ["sheet", "paper"]],
];

describe.each(["light", "dark"] as const)("In %s, every text meets AA", (scheme) => {
  it.each(texts.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))("%s on %s", (text, ground) => {
    expect(contrast(colours.get(text)?.[scheme] ?? "", colours.get(ground)?.[scheme] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("and the edge of a field stands out", () => {
    expect(contrast(colours.get("edge")?.[scheme] ?? "", colours.get("sheet")?.[scheme] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
