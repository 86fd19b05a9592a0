import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock, settled } from "../../testing/fake-clock.js";
import { LeadClient } from "../src/fleet/lead-client.js";
import type { FleetView } from "../src/fleet/messages.js";
import { golden } from "./golden.js";

const whole = golden<FleetView>("view.fleet.json");
const viewOf = (number: number, isWhole = false): FleetView => ({ ...whole, number, whole: isWhole });

/** A hub of the fleet, which a test speaks for. */
class FakeLeadHub {
  reachable = true;
  watched = 0;
  number = 1;
  refusal: string | null = null;
  answer: () => Promise<unknown> = () => Promise.resolve(viewOf(this.number, true));
  receive: (view: FleetView) => void = () => {};
  cut = () => {};

  readonly connect = () => ({
    start: () => (this.reachable ? Promise.resolve() : Promise.reject(new Error("unreachable"))),
    stop: () => Promise.resolve(),
    on: (_method: string, handler: (view: FleetView) => void) => { this.receive = handler; },
    onclose: (handler: () => void) => { this.cut = handler; },
    invoke: (method: string) => {
      if (method === "Watch") this.watched++;
      return method === "Watch" ? this.answer() : this.refusal ? Promise.reject(new Error(this.refusal)) : Promise.resolve({ shown: true });
    },
  }) as never;
}

let hub: FakeLeadHub;
let clock: FakeClock;
let client: LeadClient;

beforeEach(async () => {
  hub = new FakeLeadHub();
  clock = new FakeClock();
  client = new LeadClient(hub.connect, clock, () => 0.5);
  client.start();
  await settled();
});

describe("The dashboard's client", () => {
  it("follows the fleet, and asks for the whole of it after a gap", async () => {
    hub.receive(viewOf(2));
    expect([client.phase, client.fleet?.number, hub.watched]).toEqual(["open", 2, 1]);
    hub.number = 5;
    hub.receive(viewOf(4));
    hub.receive(viewOf(6));
    await settled();
    expect([client.fleet?.number, hub.watched]).toEqual([6, 2]);
  });

  it("comes back as a call's client does, whole and in a new generation", async () => {
    const before = client.generation;
    hub.reachable = false;
    hub.cut();
    for (const waitMs of [0, 500, 1000, 2000, 5000, 5000]) {
      expect([client.phase, clock.planned]).toEqual(["reconnecting", [waitMs]]);
      await clock.advance(waitMs);
    }
    hub.reachable = true;
    hub.number = 9;
    await clock.advance(5000);
    expect([client.phase, client.fleet?.number, client.generation]).toEqual(["open", 9, before + 1]);
  });

  it("takes in views that overtake the whole one", async () => {
    hub.answer = () => {
      hub.receive(viewOf(4));
      return Promise.resolve(viewOf(3, true));
    };
    hub.cut();
    await clock.advance(0);
    expect(client.fleet?.number).toBe(4);
  });

  it("tells why a line was refused, in the gateway's words", async () => {
    hub.refusal = "An unexpected error occurred invoking 'SendLine' on the server. HubException: retry: The call has just changed hands.";
    await expect(client.sendLine("k1", "Ask who signs.")).rejects.toThrow(/^The call has just changed hands\.$/);
    hub.cut();
    await expect(client.sendLine("k1", "Ask who signs.")).rejects.toThrow("Not connected. The line was not sent.");
  });
});
