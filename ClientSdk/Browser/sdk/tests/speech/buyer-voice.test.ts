import { expect, test } from "vitest";
import { BuyerVoice } from "../../src/speech/buyer-voice.js";
import { CallClient } from "../../src/call/call-client.js";
import type { VoiceFrame } from "../../src/capture/speech-clock.js";
import type { RehearsalView } from "../../src/wire/messages.js";
import { FakeClock } from "../../../testing/fake-clock.js";
import { FakeHub } from "../../../testing/fake-hub.js";
import { FakeOutput } from "./fake-output.js";

const pcm = btoa("\0".repeat(1920));
const helena = { personaId: "helena", name: "Helena", role: "Finance director", company: "Kestrel" };
const rep = (endOfSpeech = false): VoiceFrame => ({ speaker: "rep", atMs: 0, pcm: endOfSpeech ? "" : pcm, endOfSpeech });

async function rehearse(rehearsal: Partial<RehearsalView>, fails = false) {
  const [hub, clock, output] = [new FakeHub(), new FakeClock(), new FakeOutput()];
  const said: string[] = [];
  const browser = { available: true, speak: (text: string) => void said.push(text), cancel: () => void said.push("(silent)") };
  const client = new CallClient({ connect: hub.connect, clock, random: () => 0.5 });
  const open = () => (fails ? Promise.reject(new Error("no sound")) : Promise.resolve(output));
  const buyer = new BuyerVoice(client, { output: open, browser, clock });
  client.start({ rehearsal: { personaId: "helena", testMe: false, voice: true } });
  await Promise.resolve();
  await new Promise((done) => setTimeout(done));
  hub.restore({ rehearsal: { persona: helena, testMe: false, cutOffs: [], ...rehearsal } });
  return { hub, clock, output, said, buyer, client };
}

test("plays the gateway's voice, and falls silent when the rep begins to speak", async () => {
  const { hub, output, buyer, said } = await rehearse({ voice: true });
  expect(buyer.sound).toBe("spoken");
  for (let number = 0; number < 10; number++) hub.speak({ segmentId: "b1", number, pcm });
  output.run(120);
  buyer.hearVoice(rep());
  expect(output.waiting).toBe(0);
  expect(hub.told("ReportSpeech")).toEqual([{ segmentId: "b1", playedMs: 120, stopped: true }]);
  hub.hear("customer", "b1", "Forty");
  expect(said.filter((each) => each !== "(silent)")).toEqual([]);
});

test("a rep who speaks already is cut off, and stops the buyer only by beginning anew", async () => {
  const { hub, output, buyer } = await rehearse({ voice: true });
  buyer.hearVoice(rep());
  for (let number = 0; number < 10; number++) hub.speak({ segmentId: "b1", number, pcm });
  buyer.hearVoice(rep());
  expect(output.waiting).toBeGreaterThan(0);
  buyer.hearVoice(rep(true));
  buyer.hearVoice(rep());
  expect(output.waiting).toBe(0);
});

test("a persona that holds the floor is not stopped", async () => {
  const { hub, output, buyer } = await rehearse({ voice: true, persona: { ...helena, holds: true } });
  for (let number = 0; number < 10; number++) hub.speak({ segmentId: "b1", number, pcm });
  buyer.hearVoice(rep());
  expect(output.waiting).toBe(9600);
});

test("the browser reads the lines aloud where the gateway has no voice, and stops for the rep", async () => {
  const { hub, said, buyer } = await rehearse({});
  expect(buyer.sound).toBe("browser");
  hub.hear("customer", "b1", "What does it", false);
  hub.hear("customer", "b1", "What does it cost?");
  buyer.hearVoice(rep());
  expect(said).toEqual(["What does it cost?", "(silent)"]);
});

test("a browser that cannot play has text, and tells the gateway that nothing waits", async () => {
  const { hub, buyer } = await rehearse({ voice: true }, true);
  expect(buyer.sound).toBe("text");
  for (let number = 0; number < 5; number++) hub.speak({ segmentId: "b1", number, pcm });
  hub.speak({ segmentId: "b1", number: 5, pcm: "", end: "complete" });
  expect(hub.told("ReportSpeech").at(-1)).toEqual({ segmentId: "b1", playedMs: 200, stopped: false });
});
