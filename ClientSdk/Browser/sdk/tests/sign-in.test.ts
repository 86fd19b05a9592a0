import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SignIn, SignInError } from "../src/connection/sign-in.js";
import { FakeClock } from "../../testing/fake-clock.js";

let clock: FakeClock;
let expiresInMs: number | null;
let status: number;
let required: boolean;
let asked: { readonly address: string; readonly authorization: string | undefined }[];

beforeEach(() => {
  [clock, expiresInMs, status, required, asked] = [new FakeClock(), 100_000, 200, true, []];
  vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
    asked.push({ address, authorization: (init?.headers as Record<string, string> | undefined)?.["Authorization"] });
    if (address.endsWith("/me")) return Response.json({ required, name: "Ann", role: "rep" });
    return status === 200 ? Response.json({ ticket: `ticket-${asked.length}`, expiresInMs }) : new Response(null, { status });
  });
});
afterEach(() => vi.unstubAllGlobals());

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

it("A page in development mode asks for no ticket", async () => {
  required = false;
  expect(await new SignIn(".", undefined, clock).connection(async () => {}).ticket()).toBe("");
  expect(asked.map(({ address }) => address)).toEqual(["./sign-in/me"]);
});

it("An access token is sent in a header, never in an address, and asked for anew each time", async () => {
  let tokens = 0;
  const lease = new SignIn("https://gateway.example/", () => `token-${++tokens}`, clock).connection(async () => {});
  expect(await lease.ticket()).toBe("ticket-1");
  expect(asked).toEqual([{ address: "https://gateway.example/sign-in/ticket", authorization: "Bearer token-1" }]);
  lease.close();
});

it("An access token that is null means that nobody signs in, and asks for no ticket", async () => {
  const signIn = new SignIn("https://gateway.example", () => null, clock);
  expect(await signIn.connection(async () => {}).ticket()).toBe("");
  expect(await signIn.authorization("of the call")).toBe("Bearer of the call");
  expect(asked).toEqual([]);
});

it("A connection hands in a new ticket when 80 % of the time is over, and none once it is closed", async () => {
  const renewed: string[] = [];
  const lease = new SignIn("https://gateway.example", () => "token", clock).connection(async (ticket) => renewed.push(ticket));
  await lease.ticket();
  await clock.advance(79_000);
  await settle();
  expect(renewed).toEqual([]);
  await clock.advance(1_000);
  await settle();
  expect(renewed).toEqual(["ticket-2"]);
  await clock.advance(80_000);
  await settle();
  expect(renewed).toEqual(["ticket-2", "ticket-3"]);
  lease.close();
  await clock.advance(80_000);
  await settle();
  expect(renewed).toHaveLength(2);
});

it("A renewal that fails is tried again before the time is over", async () => {
  const renewed: string[] = [];
  const lease = new SignIn("https://gateway.example", () => "token", clock).connection(async (ticket) => renewed.push(ticket));
  await lease.ticket();
  status = 503;
  await clock.advance(80_000);
  await settle();
  status = 200;
  await clock.advance(16_000);
  await settle();
  expect(renewed).toHaveLength(1);
  lease.close();
});

it("A page is told that its sign-in ends soon or has ended, in time and in plain words", async () => {
  const signIn = new SignIn(".", undefined, clock);
  let told = 0;
  signIn.subscribe(() => told++);
  expiresInMs = 12 * 3600_000;
  const lease = signIn.connection(async () => {});
  await lease.ticket();
  expect(signIn.endsSoon).toBe(false);
  status = 401;
  await expect(signIn.connection(async () => {}).ticket()).rejects.toThrow(SignInError);
  expect([signIn.endsSoon, told]).toEqual([true, 1]);
  status = 200;
  await lease.ticket();
  expect([signIn.endsSoon, told]).toEqual([false, 2]);
  lease.close();
});
