import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock, settled } from "../../testing/fake-clock.js";
import { FakeHub } from "../../testing/fake-hub.js";
import { CallClient, type Speaker } from "../src/index.js";

let hub: FakeHub;
let clock: FakeClock;
let client: CallClient;

const speak = (atMs: number, speaker: Speaker = "customer", endOfSpeech = false) => client.hearVoice({ speaker, atMs, pcm: endOfSpeech ? "" : "AAAA", endOfSpeech });
const sent = (stream = 0) => (hub.voices[stream] ?? []).map((each) => [each.speaker, each.number, each.atMs]);

beforeEach(async () => {
  hub = new FakeHub();
  hub.status = { ...hub.status, transcription: "ready" };
  clock = new FakeClock();
  client = new CallClient({ connect: hub.connect, clock, random: () => 0.5 });
  client.start();
  await settled();
  hub.restore();
});

describe("A client that hears voices", () => {
  it("sends both over one stream, each counted from 0", () => {
    speak(100);
    speak(100, "rep");
    speak(132);
    expect(sent()).toEqual([["customer", 0, 100], ["rep", 0, 100], ["customer", 1, 132]]);
    expect(hub.voices).toHaveLength(1);
  });

  it("after a reconnect opens a new stream that counts from 0, sends what waited, and nothing twice", async () => {
    speak(100);
    hub.cut();
    speak(132);
    await clock.advance(0);
    hub.restore();
    speak(164);
    expect(sent(0)).toEqual([["customer", 0, 100]]);
    expect(sent(1)).toEqual([["customer", 0, 132], ["customer", 1, 164]]);
    expect(client.voiceDropped).toBe(0);
  });

  it("drops the oldest, counted, when the connection stays away", async () => {
    hub.reachable = false;
    hub.cut();
    for (let at = 0; at < 130; at++) speak(at * 32);
    expect(client.voiceDropped).toBe(30);
    hub.reachable = true;
    await clock.advance(10_000);
    expect(sent(0)[0]).toEqual(["customer", 0, 30 * 32]);
  });

  it("drops the oldest, counted, when the network takes less than is said", () => {
    speak(0);
    hub.backlog = 1_000_000;
    for (let at = 1; at <= 110; at++) speak(at * 32);
    expect([sent().length, client.voiceDropped]).toEqual([1, 10]);
    hub.backlog = 0;
    speak(111 * 32);
    expect([sent().length, client.voiceDropped]).toEqual([101, 11]);
  });

  it("lets nothing leave off the record, nor to a gateway that does not transcribe", () => {
    client.pause();
    speak(0);
    client.resume();
    hub.send({ type: "statusChanged", status: { ...hub.status, transcription: "none" } });
    speak(32);
    expect(hub.voices).toEqual([]);
    expect(client.voiceDropped).toBe(0);
  });

  it("says why the gateway refused them, and tries again a little later", async () => {
    const errors: string[] = [];
    client.onError = (message) => errors.push(message);
    speak(0);
    hub.refuseVoices("pcm is missing.");
    await settled();
    speak(32);
    await clock.advance(5000);
    speak(64);
    expect(errors).toEqual(["pcm is missing."]);
    expect(sent(1)).toEqual([["customer", 1, 32], ["customer", 2, 64]]);
  });

  it("measures the network from the end of speech that it sent", async () => {
    speak(1000);
    speak(1032, "customer", true);
    await clock.advance(400);
    hub.send({ type: "transcriptUpdated", segmentId: "heard-1", speaker: "customer", text: "How much is it?", final: true, endOfTurn: true, startMs: 0, endMs: 1050 });
    hub.suggest("s-1", "heard-1", "Here is the price.");
    // 400 ms since the end of speech left, of which the gateway says 311.5 were its own.
    expect(client.timing("s-1").networkMs).toBeCloseTo(88.5);
  });
});
