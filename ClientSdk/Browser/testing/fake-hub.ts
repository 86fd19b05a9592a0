import type { AudioFrame, CallBrief, CallEvent, CallHub, CallStatus, HubConnection, SegmentView, Speaker, SpeechFrame, TranscriptSegment } from "@teleprompter/sdk";
import { emptyBrief } from "@teleprompter/sdk";

type Unnumbered<Event> = Event extends CallEvent ? Omit<Event, "number"> : never;

/** A hub of one call, which a test speaks for: it remembers what it was told and sends what it is given. */
export class FakeHub {
  readonly calls: { readonly method: string; readonly argument: unknown }[] = [];
  status: CallStatus = { model: "none", storage: "ready", busy: false, thinking: false, paused: false, hearing: "both", transcription: "none", lagMs: 0 };
  brief: CallBrief = emptyBrief;
  segments: SegmentView[] = [];
  reachable = true;
  known = true;
  /** Answers to methods, where they are not simply done. */
  answers: Partial<Record<keyof CallHub, () => Promise<unknown>>> = {};
  /** Sees every invocation first; null leaves the answer to the hub. */
  intercept: (method: keyof CallHub, argument: unknown) => Promise<unknown> | null = () => null;
  #receive: ((event: CallEvent) => void) | null = null;
  #closed: (() => void) | null = null;
  number = 0;
  /** What came over each stream of voices, in their order. */
  readonly voices: AudioFrame[][] = [];
  /** Bytes that wait in the socket. */
  backlog = 0;
  #refuseVoices: (error: Error) => void = () => {};

  /** Sends a moment of a buyer's voice. */
  speak: (frame: SpeechFrame) => void = () => {};

  /** Makes a connection to this hub. */
  readonly connect = (): HubConnection => {
    let receive: (event: CallEvent) => void = () => {};
    let closed = () => {};
    return {
      start: () => {
        if (!this.reachable) return Promise.reject(new Error("unreachable"));
        this.#receive = (event) => receive(event);
        this.#closed = () => closed();
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
      on: (_method, handler) => { receive = handler; },
      onSpeech: (handler) => { this.speak = handler; },
      sendAudio: () => {
        const frames: AudioFrame[] = [];
        this.voices.push(frames);
        const hub = this;
        return {
          next: (frame) => frames.push(frame),
          complete: () => {},
          ended: new Promise<void>((_, refuse) => (this.#refuseVoices = refuse)),
          get backlog() {
            return hub.backlog;
          },
        };
      },
      onclose: (handler) => { closed = handler; },
      invoke: (method, ...args) => this.#invoke(method, args[0]) as Promise<never>,
    };
  };

  /** Sends an event with the next number. */
  send(event: Unnumbered<CallEvent>): void {
    this.#receive?.({ ...event, number: ++this.number } as CallEvent);
  }

  /** Sends a model's or the playbook's words, whole. */
  suggest(suggestionId: string, turnId: string, text: string, cardId: string | null = null): void {
    const source = cardId ? "playbook" : "model";
    this.send({ type: "suggestionStarted", suggestionId, turnIds: [turnId], source, cardId });
    this.send({ type: "suggestionDelta", suggestionId, index: 0, text });
    this.complete(suggestionId, text, cardId);
  }

  complete(suggestionId: string, text: string, cardId: string | null = null): void {
    const latency = { turnMs: 0, busMs: 0.4, coalesceMs: 0, heldMs: 0, contextMs: 1.1, firstTokenMs: cardId ? 0 : 310, sinceOldestMs: 400, serverMs: cardId ? 1.5 : 311.5 };
    this.send({ type: "suggestionCompleted", suggestionId, text, source: cardId ? "playbook" : "model", cardId, playbookVersion: "v1", latency });
  }

  hear(speaker: Speaker, segmentId: string, text: string, final = true, startMs = 0): void {
    this.send({ type: "transcriptUpdated", segmentId, speaker, text, final, endOfTurn: final, startMs, endMs: startMs + 1000 });
  }

  restore(over: Partial<Extract<CallEvent, { type: "restored" }>> = {}): void {
    const { segments, brief, status } = this;
    this.send({ type: "restored", segments, suggestion: null, recent: [], card: null, brief, status, elapsedMs: 5000, ...over });
  }

  /** Ends the stream of voices with an error. */
  refuseVoices(message: string): void {
    this.#refuseVoices(new Error(`An unexpected error occurred. HubException: ${message}`));
  }

  /** Cuts the connection. */
  cut(): void {
    const closed = this.#closed;
    this.#receive = null;
    this.#closed = null;
    closed?.();
  }

  told(method: keyof CallHub): unknown[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.argument);
  }

  async #invoke(method: keyof CallHub, argument: unknown): Promise<unknown> {
    this.calls.push({ method, argument });
    const intercepted = this.intercept(method, argument);
    if (intercepted) return intercepted;
    const answer = this.answers[method];
    if (answer) return answer();
    if (method !== "StartCall") return undefined;
    const resumed = this.known && (argument as { resume?: unknown }).resume !== undefined;
    return { callId: "k1", resumeToken: "secret", number: this.number, elapsedMs: 0, resumed };
  }
}

/** The segment of a line. */
export const line = (speaker: Speaker, segmentId: string, text: string, final = true): TranscriptSegment =>
  ({ segmentId, speaker, text, final, startMs: 0, endMs: 1000 });
