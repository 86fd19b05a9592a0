import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SignInError } from "@teleprompter/sdk";
import { ExtensionSignIn } from "../src/sign-in/extension-sign-in.js";
import { FakeBrowser, gateway, redirect } from "./fake-browser.js";

let browser: FakeBrowser;
let signIn: ExtensionSignIn;
const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  browser = new FakeBrowser();
  signIn = new ExtensionSignIn(() => gateway);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("A gateway in development mode needs no token and opens no window", async () => {
  browser.view = { required: false, client: null };
  expect(await signIn.accessToken()).toBeNull();
  expect(await signIn.page()).toEqual({ required: false, name: null, role: null });
  expect([signIn.needed, browser.windows.length]).toEqual([false, 0]);
});

it("Nobody is signed in before they ask for it; then the code flow with PKCE brings a token of the extension's own client", async () => {
  await expect(signIn.accessToken()).rejects.toThrow("You are not signed in. Choose Sign in.");
  expect([signIn.needed, browser.windows.length, browser.silent.length]).toEqual([true, 0, 0]);
  await signIn.signIn();
  expect(signIn.needed).toBe(false);
  expect(await signIn.accessToken()).toBe("access-1");
  expect(await signIn.page()).toEqual({ required: true, name: "Ann Rep", role: "rep" });
  expect(Object.fromEntries(browser.windows[0]?.searchParams ?? [])).toMatchObject({
    response_type: "code", client_id: "extension", redirect_uri: redirect, scope: "openid offline_access", code_challenge_method: "S256",
  });
  expect(browser.windows[0]?.searchParams.has("prompt")).toBe(false);
});

it("A token is renewed by its refresh token before the SDK hands in the next ticket", async () => {
  await signIn.signIn();
  later(44);
  expect(await signIn.accessToken()).toBe("access-1");
  later(4);
  expect(await signIn.accessToken()).toBe("access-2");
  expect(browser.grants).toEqual(["authorization_code", "refresh_token"]);
});

it("Two pages that need a new token at once use one refresh token once", async () => {
  await signIn.signIn();
  later(50);
  expect(await Promise.all([signIn.accessToken(), new ExtensionSignIn(() => gateway).accessToken()])).toEqual(["access-2", "access-2"]);
});

it("Without a valid refresh token the provider is asked without a window", async () => {
  await signIn.signIn();
  browser.refreshValid = false;
  later(50);
  expect(await signIn.accessToken()).toBe("access-2");
  expect(browser.silent[0]?.searchParams.get("prompt")).toBe("none");
  expect(browser.windows).toHaveLength(1);
});

it("A sign-in that cannot be renewed lasts as long as its token, is told at once, and asks the provider no second time", async () => {
  await signIn.signIn();
  let told = 0;
  signIn.subscribe(() => told++);
  [browser.refreshValid, browser.remembered] = [false, false];
  later(50);
  expect(await signIn.accessToken()).toBe("access-1");
  expect([signIn.needed, told]).toEqual([true, 1]);
  later(20);
  await expect(signIn.accessToken()).rejects.toThrow(SignInError);
  expect(browser.silent).toHaveLength(1);
  await signIn.signIn();
  expect([await signIn.accessToken(), signIn.needed]).toEqual(["access-2", false]);
});

it("A provider that does not answer for a moment costs no sign-in", async () => {
  await signIn.signIn();
  later(50);
  browser.online = false;
  expect([await signIn.accessToken(), signIn.needed]).toEqual(["access-1", false]);
  browser.online = true;
  expect(await signIn.accessToken()).toBe("access-2");
});

it("After a restart of the browser the provider is asked without a window", async () => {
  await signIn.signIn();
  browser.restart();
  expect(await new ExtensionSignIn(() => gateway).accessToken()).toBe("access-2");
  expect([browser.windows.length, browser.silent.length]).toEqual([1, 1]);
});

it("Who signs out is out in every page, gives the refresh token back, and is not signed in again behind their back", async () => {
  const other = new ExtensionSignIn(() => gateway);
  await signIn.signIn();
  await signIn.signOut();
  expect(browser.revoked).toEqual(["refresh-1"]);
  await expect(other.accessToken()).rejects.toThrow("You are not signed in");
  expect(browser.silent).toHaveLength(0);
});

it("A token is for the gateway that it was got for, and for no other", async () => {
  await signIn.signIn();
  const elsewhere = new ExtensionSignIn(() => "https://other.example");
  await expect(elsewhere.accessToken()).rejects.toThrow("You are not signed in");
  expect(browser.silent).toHaveLength(0);
});

it.each([
  ["another state", (answer: URL) => answer.searchParams.set("state", "forged"), "What came back is no answer of your company's sign-in. Try again."],
  ["another issuer", (answer: URL) => answer.searchParams.set("iss", "https://evil.example"), "What came back is no answer of your company's sign-in. Try again."],
  ["a code of somebody else", (answer: URL) => answer.searchParams.set("code", "stolen"), "Your company's sign-in gave no token: invalid_grant"],
  ["a refusal", (answer: URL) => { answer.searchParams.set("error", "access_denied"); answer.searchParams.set("error_description", "No licence."); }, "Your company's sign-in refused: No licence."],
])("An answer with %s signs nobody in, and says why", async (_what, tamper, message) => {
  browser.tamper = tamper;
  await expect(signIn.signIn()).rejects.toThrow(message);
  await expect(signIn.accessToken()).rejects.toThrow("You are not signed in");
});

it("A window that is closed is told in words", async () => {
  browser.person = null;
  await expect(signIn.signIn()).rejects.toThrow("The sign-in was not finished.");
});

it("A gateway that is away, or cannot sign in extensions, is told with what to do", async () => {
  browser.view = null;
  await expect(signIn.accessToken()).rejects.toThrow("is chrome-extension://abc one of its Gateway:AllowedOrigins?");
  browser.view = { required: true, client: null };
  await expect(signIn.accessToken()).rejects.toThrow("its SignIn:ExtensionClientId is not set");
  browser.view = { required: true, client: { authorizationEndpoint: "http://login.example/authorize", tokenEndpoint: "http://login.example/token" } };
  await expect(signIn.signIn()).rejects.toThrow("has no https address");
});
