import { CallLink } from "../sending/call-link.js";
import type { CallClientOptions, StartOptions } from "./call-options.js";
import { CallSender, type CallSenderEvents } from "./call-sender.js";
import { CallState } from "./call-state.js";
import { systemClock } from "../time/clock.js";
import { signalRConnection } from "../connection/hub-connection.js";
import type { CallEvent, CallHub, Progress, SpeechFrame, SpeechReport, StartCallReply } from "../wire/messages.js";
import { ProgressMeter } from "./progress-meter.js";
import { readRefusal } from "../wire/refusal.js";

/** What a lifecycle tells its owner. */
export interface LifecycleEvents extends Omit<CallSenderEvents, "deleted"> {
  /** Why an attempt to connect failed; another follows. */
  connectFailed(message: string): void;
  /** The call could not be taken up again, and a new one began in its place. */
  startedAnew(): void;
  /** A moment of a buyer's voice. */
  spoken(frame: SpeechFrame): void;
}

/** A call from its start to its end: what changes when a connection opens, brings an event, or is lost. */
export class CallLifecycle {
  readonly state: CallState;
  readonly sender: CallSender;
  readonly progress: ProgressMeter;
  readonly #link: CallLink;
  readonly #events: LifecycleEvents;

  constructor(options: CallClientOptions, events: LifecycleEvents) {
    const clock = options.clock ?? systemClock;
    const random = options.random ?? Math.random;
    const connect = options.connect ?? (() => signalRConnection(`${(options.gateway ?? "").replace(/\/$/, "")}/hubs/call`, options.signIn));
    this.#events = events;
    this.state = new CallState(clock, options.language);
    this.progress = new ProgressMeter(clock);
    const listening = () => {
      const connection = connect();
      connection.onSpeech((frame) => events.spoken(frame));
      return connection;
    };
    this.#link = new CallLink(listening, {
      begin: (connection) => connection.invoke("StartCall", this.sender.request),
      opened: (reply) => this.#opened(reply),
      received: (event) => this.#received(event),
      lost: () => this.#lost(),
      failed: (error) => events.connectFailed(readRefusal(error).message),
    }, clock, random);
    const deleted = () => {
      this.state.revoked();
      this.finish("ended");
    };
    this.sender = new CallSender(this.#link, this.state, this.progress, { clock, random, language: options.language }, { ...events, deleted });
  }

  start(options: StartOptions): void {
    this.state.start(options);
    this.#link.start();
    this.#events.changed();
  }

  retryNow(): void {
    if (this.state.phase === "reconnecting" || this.state.phase === "connecting") this.#link.start();
  }

  takeBack(): void {
    if (this.state.phase !== "moved") return;
    this.state.takeBack();
    this.#link.start();
    this.#events.changed();
  }

  /** Asks the gateway once; a failure is told. */
  ask<Method extends keyof CallHub>(method: Method, ...args: Parameters<CallHub[Method]>): void {
    this.#link.invoke(method, ...args).catch((error: unknown) => this.#events.refused(readRefusal(error).message));
  }

  acknowledge(progress: Progress): void {
    this.#link.invoke("Acknowledge", progress).catch(() => {});
  }

  /** Told again half a second later; what is lost is not repeated. */
  report(report: SpeechReport): void {
    this.#link.invoke("ReportSpeech", report).catch(() => {});
  }

  finish(last: "ended" | "moved"): void {
    this.state.end(last);
    this.close();
    this.#events.changed();
  }

  close(): void {
    this.sender.close();
    this.#link.close();
  }

  #opened(reply: StartCallReply): void {
    const wasPaused = this.state.view.status.paused;
    const anew = this.state.open(reply);
    if (reply.language) this.sender.transcript.judge(reply.language);
    this.progress.open();
    this.sender.open(anew, wasPaused);
    if (anew) this.#events.startedAnew();
    this.#events.changed();
  }

  #received(event: CallEvent): void {
    const { counts, resync } = this.state.apply(event);
    if (resync) this.ask("Resync");
    if (counts) {
      const due = this.progress.handle(event);
      if (due) this.acknowledge(due);
    }
    if (event.type === "callEnded") this.finish(event.reason === "movedElsewhere" ? "moved" : "ended");
    this.#events.changed();
  }

  #lost(): void {
    this.state.lose();
    this.sender.hold();
    this.#events.changed();
  }
}
