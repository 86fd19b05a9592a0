// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { follow, windowOf } from "../src/fleet/fleet.js";
import type { CardUse, FleetView } from "../src/fleet/messages.js";
import { Cards } from "../src/parts/cards.js";
import { golden } from "./golden.js";

const view = golden<FleetView>("view.fleet.json");
const cards = windowOf(follow(null, view)!, 5)!.cards!;

let root: HTMLElement;

const show = (shown: readonly CardUse[]) => act(() => render(<Cards cards={shown} minutes={5} />, root));
const rows = () => [...root.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
const names = () => rows().map(([name]) => name);
const header = (label: string) => [...root.querySelectorAll("thead button")].find((button) => button.textContent.startsWith(label)) as HTMLButtonElement;

beforeEach(() => { root = document.body.appendChild(document.createElement("div")); });
afterEach(() => { render(null, root); root.remove(); });

describe("The cards", () => {
  it("come the most shown first, each with what became of its suggestions, and what said means", () => {
    show(cards);
    expect(rows()).toEqual([
      ["The price feels high", "12", "3 of 8", "2", "1", "1"],
      ["old-card", "4", "2 of 4", "0", "0", "0"],
      ["Without a card", "0", "0 of 5", "1", "0", "0"],
    ]);
    expect(root.textContent).toContain("of 8 suggestions that stand on the card, the rep then said 3");
  });

  it("are sorted by what a header says, said by its part, and a second time the other way round", () => {
    show(cards);
    act(() => header("Said").click());
    expect(names()).toEqual(["old-card", "The price feels high", "Without a card"]);
    expect(root.querySelector("th[aria-sort=descending]")!.textContent).toContain("Said");
    act(() => header("Said").click());
    expect(names()).toEqual(["Without a card", "The price feels high", "old-card"]);
  });

  it("say in words that none came up", () => {
    show([]);
    expect(root.textContent).toContain("No card came up in the last 5 min.");
    expect(root.querySelector("table")).toBeNull();
  });

  it("stay as they were where a view does not tell them again", () => {
    const fleet = follow(null, view)!;
    const next = follow(fleet, { ...view, number: 8, whole: false, windows: view.windows.map((window) => ({ ...window, cards: null })) })!;
    expect(windowOf(next, 5)!.cards).toBe(windowOf(fleet, 5)!.cards);
    expect(windowOf(next, 1)!.cards).toEqual([]);
  });
});
