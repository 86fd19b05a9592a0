import { afterEach, expect, it, vi } from "vitest";
import { deleteCall } from "../src/call/delete-call.js";
import { SignIn } from "../src/connection/sign-in.js";

const ticket = { callId: "k 1", resumeToken: "secret" };
const answer = (status: number) => {
  const ask = vi.fn(async (_address: string, _init: RequestInit) => new Response(null, { status }));
  vi.stubGlobal("fetch", ask);
  return ask;
};
afterEach(() => vi.unstubAllGlobals());

it("A call is deleted by its id, as whoever signed in", async () => {
  const ask = answer(204);
  await deleteCall(ticket, "https://gateway.example/", new SignIn("https://gateway.example", () => "token"));
  expect(ask).toHaveBeenCalledWith("https://gateway.example/calls/k%201/data", { method: "DELETE", headers: { Authorization: "Bearer token" } });
});

it.each([[401, "not signed in"], [404, "keeps no such call of yours"], [503, "cannot reach its storage"], [500, "answered 500"]])(
  "A gateway that answers %d has not deleted the call, and the rep is told why", async (status, words) => {
    answer(status);
    await expect(deleteCall(ticket)).rejects.toThrow(words);
  },
);

it("A gateway that does not answer has not deleted the call", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(deleteCall(ticket)).rejects.toThrow("does not answer");
});
