import { render } from "preact";
import { App } from "./app.js";
import type { Surroundings } from "./session/session-options.js";

export type { OwnSignIn } from "./session/session-options.js";

/** Puts the panel into an element. */
export function mount(root: HTMLElement, surroundings: Surroundings = {}): void {
  render(<App surroundings={surroundings} />, root);
}
