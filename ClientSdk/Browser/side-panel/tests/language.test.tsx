import { Capture, emptyBrief } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { FakeDevices, FakeEngine } from "../../testing/fake-sound.js";
import { CallSession } from "../src/session/call-session.js";
import { listLanguages } from "../src/session/languages.js";
import { BriefForm } from "../src/screens/brief-form.js";
import { openSound } from "../src/session/sound.js";

const sound = openSound({ capture: () => new Capture({ devices: new FakeDevices().asDevices, engine: () => Promise.resolve(new FakeEngine()) }) });
let root: HTMLElement;
let chosen: string | null;

const show = () => act(() => render(<BriefForm sound={sound} onStart={(_, language) => (chosen = language)} onBack={() => {}} />, root));
const select = () => root.querySelector("select") as HTMLSelectElement;
const submit = () => act(() => void root.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));

beforeEach(() => {
  localStorage.clear();
  chosen = null;
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

describe("The language of a call", () => {
  it("is the gateway's until the rep chooses one, which is remembered", async () => {
    await show();
    await submit();
    expect(chosen).toBe("");

    await act(() => { select().value = "de"; select().dispatchEvent(new Event("change", { bubbles: true })); });
    await submit();
    expect(chosen).toBe("de");

    render(null, root);
    await show();
    expect(select().value).toBe("de");
  });

  it("is sent with the call", async () => {
    const [hub, clock] = [new FakeHub(), new FakeClock()];
    const session = new CallSession({ brief: emptyBrief, language: "auto" }, { connect: hub.connect, clock });
    await clock.advance(0);
    expect(hub.told("StartCall")).toMatchObject([{ language: "auto" }]);
    session.close();
  });

  it("is listed by its own name", () => {
    const names = new Map(listLanguages().map(({ tag, name }) => [tag, name]));
    expect([names.get("de"), names.get("fr"), names.get("es")]).toEqual(["Deutsch", "Français", "Español"]);
  });
});
