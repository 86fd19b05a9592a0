import type { SignedIn } from "@teleprompter/sdk";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SignInLine } from "../src/parts/sign-in-line.js";
import type { OwnSignIn } from "../src/session/session-options.js";

let root: HTMLElement;
let needed: boolean;
let page: SignedIn;
let trouble: string | null;
let listeners: Set<() => void>;
const changed = () => listeners.forEach((listener) => listener());
const signIn: OwnSignIn = {
  get needed() { return needed; },
  page: () => (needed ? Promise.reject(new Error("nobody")) : Promise.resolve(page)),
  subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
  signIn: async () => {
    if (trouble) throw new Error(trouble);
    needed = false;
    changed();
  },
  signOut: async () => {
    needed = true;
    changed();
  },
};
const show = async (inCall = false) => {
  await act(() => render(<SignInLine signIn={signIn} inCall={inCall} />, root));
  // Who is signed in is known a moment later.
  await act(async () => {});
};
const click = (label: string) => act(async () => [...root.querySelectorAll("button")].find((each) => each.textContent === label)?.click());
const text = () => root.textContent?.replace(/\s+/g, " ").trim();

beforeEach(() => {
  [needed, trouble, page, listeners] = [true, null, { required: true, name: "Ann <b>Rep</b>", role: "rep" }, new Set()];
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(() => {
  render(null, root);
  root.remove();
});

it("Who is not signed in is told, signs in and out, and sees as whom", async () => {
  await show();
  expect(root.querySelector("[role=alert]")?.textContent).toContain("Sign in to make calls.");
  await click("Sign in");
  expect(text()).toBe("Signed in as Ann <b>Rep</b>. Sign out");
  await click("Sign out");
  expect(text()).toContain("Sign in to make calls.");
});

it("A sign-in that fails says why, and can be tried again", async () => {
  trouble = "The sign-in was not finished.";
  await show();
  await click("Sign in");
  expect(text()).toBe("The sign-in was not finished. Sign in");
  trouble = null;
  await click("Sign in");
  expect(text()).toContain("Signed in as");
});

it("During a call only a sign-in that ends is told", async () => {
  needed = false;
  await show(true);
  expect(text()).toBe("");
  needed = true;
  await act(async () => changed());
  expect(text()).toContain("Your sign-in is about to end or has ended");
  expect(listeners.size).toBe(1);
});

it("A gateway in development mode is told as such", async () => {
  [needed, page] = [false, { required: false, name: null, role: null }];
  await show();
  expect(text()).toContain("Development mode");
});
