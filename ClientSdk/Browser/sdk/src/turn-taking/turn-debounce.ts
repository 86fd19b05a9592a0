import type { Speaker, TranscriptSegment } from "../wire/messages.js";
import { afterPromiseMs, maximumWaitMs, pauseAfter } from "./turn-end.js";

/** A speaker's interims go out at most this often, the latest wins: faster than reading and slower than recognisers revise. */
export const interimSpacingMs = 100;

const speakers: readonly Speaker[] = ["rep", "customer"];

/**
 * Level 1 for one call: shows interim text sparingly and decides when a speaker's final segments make a complete turn.
 * It has no clock: the caller passes milliseconds of one monotonic clock, and calls `elapse` when `due` comes.
 *
 * A final goes out at once. Where its pause has yet to pass, it goes out open and again, with `endOfTurn`, when the speaker stayed silent,
 * when the other one took the floor, or at the maximum wait. The twin of the C# `TurnDebounce`, pinned by the same golden cases.
 */
export class TurnDebounce {
  readonly #voices: Record<Speaker, Voice> = { rep: new Voice(), customer: new Voice() };
  /** BCP 47 tag of the call; absent means English. */
  language: string | null | undefined;


  constructor(language?: string | null) {
    this.language = language;
  }

  /** When `elapse` has something to do next, in milliseconds of the caller's clock; null while nothing waits. */
  get due(): number | null {
    const due = Math.min(this.#voices.rep.due, this.#voices.customer.due);
    return due === Infinity ? null : due;
  }

  /** Takes a segment and gives what to send now, in order. A source that states `endOfTurn` is respected. */
  hear(segment: TranscriptSegment, at: number): TranscriptSegment[] {
    const send = this.elapse(at);
    if (segment.text.trim() === "") return send;

    const own = this.#voices[segment.speaker];
    if (segment.final) {
      const other = this.#voices[segment.speaker === "rep" ? "customer" : "rep"];
      if (other.waiting !== null && segment.startMs >= other.waiting.endMs) send.push(...other.endTurn());
      this.#hearFinal(own, segment, at, send);
    } else {
      this.#hearInterim(own, { ...segment, endOfTurn: false }, at, send);
    }
    return send;
  }

  /** What has come due: turns whose pause or maximum wait has passed, and interims held back. */
  elapse(at: number): TranscriptSegment[] {
    return speakers.flatMap((speaker) => {
      const voice = this.#voices[speaker];
      const ended = voice.endsAt <= at ? voice.endTurn() : [];
      return voice.held !== null && voice.nextInterimAt <= at ? [...ended, voice.show(voice.held, at)] : ended;
    });
  }

  /** Ends every turn that waits: the call ends, or a line was typed. */
  flush(at: number): TranscriptSegment[] {
    return [...this.elapse(at), ...speakers.flatMap((speaker) => this.#voices[speaker].endTurn())];
  }

  #hearFinal(own: Voice, segment: TranscriptSegment, at: number, send: TranscriptSegment[]): void {
    if (segment.segmentId === own.lastFinalId && segment.endOfTurn !== true) return;

    const pause = segment.endOfTurn == null ? pauseAfter(segment.text, this.language) : segment.endOfTurn ? 0 : Infinity;
    if (own.held?.segmentId === segment.segmentId) own.held = null;
    own.lastFinalId = segment.segmentId;
    send.push({ ...segment, endOfTurn: pause === 0 });

    if (pause === 0 || pause === Infinity) {
      own.waiting = null;
      return;
    }
    if (own.waiting === null) own.latestAt = at + maximumWaitMs;
    own.waiting = segment;
    own.endsAt = Math.min(at + pause, own.latestAt);
  }

  #hearInterim(own: Voice, segment: TranscriptSegment, at: number, send: TranscriptSegment[]): void {
    if (segment.segmentId === own.lastFinalId) return;
    if (segment.segmentId === own.latest?.segmentId && segment.text === own.latest.text) return;

    // Its words are still being spoken, whatever they end with: an interim is a promise of more.
    own.endsAt = Math.min(at + afterPromiseMs, own.latestAt);
    own.latest = segment;
    if (own.nextInterimAt <= at) send.push(own.show(segment, at));
    else own.held = segment;
  }
}

/** What one speaker has under way. */
class Voice {
  waiting: TranscriptSegment | null = null;
  held: TranscriptSegment | null = null;
  latest: TranscriptSegment | null = null;
  lastFinalId: string | null = null;
  endsAt = Infinity;
  latestAt = Infinity;
  nextInterimAt = -Infinity;

  get due(): number {
    return Math.min(this.waiting === null ? Infinity : this.endsAt, this.held === null ? Infinity : this.nextInterimAt);
  }

  endTurn(): TranscriptSegment[] {
    if (this.waiting === null) return [];
    const ended = { ...this.waiting, endOfTurn: true };
    this.waiting = null;
    return [ended];
  }

  show(interim: TranscriptSegment, at: number): TranscriptSegment {
    this.held = null;
    this.nextInterimAt = at + interimSpacingMs;
    return interim;
  }
}
