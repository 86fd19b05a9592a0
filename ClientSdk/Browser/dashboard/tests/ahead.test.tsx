// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { follow, windowOf, type Fleet } from "../src/fleet/fleet.js";
import type { CallSight, FleetView, TurnRecord } from "../src/fleet/messages.js";
import { Levels } from "../src/parts/levels.js";
import { Records } from "../src/parts/records.js";
import { golden } from "./golden.js";

const fleet: Fleet = follow(null, golden<FleetView>("view.fleet.json"))!;
const answered = golden<CallSight>("sight.records.json").records![0]!;

let root: HTMLElement;

const row = (label: string) => [...root.querySelectorAll("dl div")].find((each) => each.textContent!.startsWith(label))!.querySelector("dd")!.textContent;
const show = (record: TurnRecord) => act(() => render(<Records records={[record]} budgetMs={850} />, root));

beforeEach(() => { root = document.body.appendChild(document.createElement("div")); });
afterEach(() => { render(null, root); root.remove(); });

describe("Answers ahead of the last word", () => {
  it("show what they hid and what they cost", () => {
    act(() => render(<Levels fleet={fleet} window={windowOf(fleet, 5)} />, root));
    expect(row("Ahead of the last word")).toBe("100 · 81 % · 290 ms · 310 for 3.9k");
  });

  it("say nothing of shares before there was one", () => {
    act(() => render(<Levels fleet={fleet} window={windowOf(fleet, 1)} />, root));
    expect(row("Ahead of the last word")).toBe("0 · – · – · 0 for 0");
  });

  it("stand beside the waterfall, whose parts still sum to the total", () => {
    show({ ...answered, latency: { ...answered.latency!, hiddenMs: 300 } });
    expect(root.querySelector(".beside span")).not.toBeNull();
    expect(root.textContent).toContain("while they spoke 300 ms, not in the sum");

    const widths = [...root.querySelectorAll<HTMLElement>(".way span")].map((part) => parseFloat(part.style.width));
    const scaleMs = Math.max(850 * 1.25, answered.firstWordsMs!);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo((100 * answered.firstWordsMs!) / scaleMs);
  });

  it("leave the waterfall of other suggestions as it was", () => {
    show(answered);
    expect(root.querySelector(".beside")).toBeNull();
  });
});
