import { expect, it } from "vitest";
import { signalRConnection } from "../src/connection/hub-connection.js";

it("A gateway that cannot be reached is named, with what to look at", async () => {
  const attempt = signalRConnection("http://127.0.0.1:9/hubs/call").start();
  await expect(attempt).rejects.toThrow(/http:\/\/127\.0\.0\.1:9\/hubs\/call.*Gateway:AllowedOrigins/);
});
