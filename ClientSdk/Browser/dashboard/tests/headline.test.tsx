// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { follow, type Fleet } from "../src/fleet/fleet.js";
import type { FleetView } from "../src/fleet/messages.js";
import { Headline } from "../src/parts/headline.js";
import { golden } from "./golden.js";

const fleet: Fleet = follow(null, golden<FleetView>("view.fleet.json"))!;
const playbookOnly: Fleet = {
  ...fleet,
  workers: fleet.workers.map((worker) => ({ ...worker, load: worker.load && { ...worker.load, model: "none" } })),
};

let root: HTMLElement;

const show = (of: Fleet) => {
  act(() => render(<Headline fleet={of} />, root));
  return root.querySelector(".headline")!;
};

beforeEach(() => { root = document.body.appendChild(document.createElement("div")); });
afterEach(() => { render(null, root); root.remove(); });

describe("The headline", () => {
  it("is the time of the model's first words", () => {
    const headline = show(fleet);
    expect(headline.querySelector(".big")!.textContent).toMatch(/^[\d.]+ s$/);
    expect(headline.getAttribute("data-standing")).not.toBe("none");
  });

  it("calls nothing slow where no model is set and the playbook answers alone", () => {
    const headline = show(playbookOnly);
    expect(headline.querySelector(".big")!.textContent).toBe("no model");
    expect(headline.getAttribute("data-standing")).toBe("none");
  });
});
