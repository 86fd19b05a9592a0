import type { VoiceFrame } from "../capture/speech-clock.js";
import type { CallLink } from "./call-link.js";
import type { Clock } from "../time/clock.js";
import type { AudioStream } from "../connection/hub-connection.js";
import type { Speaker } from "../wire/messages.js";
import { readRefusal } from "../wire/refusal.js";

/** What a sender of voices tells its owner. */
export interface AudioSenderEvents {
  /** The end of a stretch of speech left, which ended at `atMs` on the call's clock. */
  speechEnded(atMs: number): void;
  /** The hub ended the stream, in its own words. */
  refused(message: string): void;
}

/** Frames of 32 ms that wait for a connection: three seconds of one voice. What is older answers nobody any more. */
const capacity = 100;
/** Bytes that wait in the socket before frames wait here, where the oldest are given up: some one and a half seconds of one voice. */
const backlogBytes = 65_536;
/** After the hub refused a stream it is opened again, in milliseconds. */
const againMs = 5000;

/**
 * Voices on their way to the hub, over one stream a connection. Frames are never sent twice; what cannot leave in time is dropped and
 * counted.
 */
export class AudioSender {
  readonly #link: CallLink;
  readonly #clock: Clock;
  readonly #events: AudioSenderEvents;
  #waiting: readonly VoiceFrame[] = [];
  #stream: AudioStream | null = null;
  #numbers: Record<Speaker, number> = { rep: 0, customer: 0 };
  #refused = false;
  #cancelAgain = () => {};
  #dropped = 0;

  constructor(link: CallLink, clock: Clock, events: AudioSenderEvents) {
    [this.#link, this.#clock, this.#events] = [link, clock, events];
  }

  /** Frames given up because they could not leave in time. */
  get dropped(): number {
    return this.#dropped;
  }

  hear(frame: VoiceFrame): void {
    const all = [...this.#waiting, frame];
    this.#waiting = all.slice(-capacity);
    this.#dropped += all.length - this.#waiting.length;
    this.send();
  }

  /** Sends what waits, if there is a connection that takes it. */
  send(): void {
    if (!this.#link.open || this.#refused) return;
    while (this.#waiting[0] && (this.#stream?.backlog ?? 0) < backlogBytes) {
      const [frame, ...rest] = this.#waiting;
      this.#waiting = rest;
      (this.#stream ??= this.#openStream())?.next({ ...frame, number: this.#numbers[frame.speaker]++ });
      if (frame.endOfSpeech) this.#events.speechEnded(frame.atMs);
    }
  }

  /** Forgets what waits: it goes off the record. */
  forget(): void {
    this.#waiting = [];
  }

  /** The connection is gone: a new one counts from 0. */
  hold(): void {
    this.#cancelAgain();
    [this.#stream, this.#refused, this.#numbers] = [null, false, { rep: 0, customer: 0 }];
  }

  /** Stops for good. */
  close(): void {
    this.#stream?.complete();
    this.hold();
    this.forget();
  }

  #openStream(): AudioStream | null {
    const stream = this.#link.openAudio();
    stream?.ended.catch((error: unknown) => {
      if (stream !== this.#stream) return;
      [this.#stream, this.#refused] = [null, true];
      this.#cancelAgain = this.#clock.after(againMs, () => (this.#refused = false));
      this.#events.refused(readRefusal(error).message);
    });
    return stream;
  }
}
