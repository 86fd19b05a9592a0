import type { CallTicket, StartOptions } from "./call-options.js";
import { apply, newView, withFeedback, type CallView } from "./call-view.js";
import type { Clock } from "../time/clock.js";
import type { CallBrief, CallEvent, Consent, FeedbackKind, RehearsalRequest, StartCallReply, StartCallRequest } from "../wire/messages.js";
import type { ConnectionState } from "./status-line.js";

/** What the gateway has told of the call, and where the connection stands. */
export class CallState {
  readonly #clock: Clock;
  readonly #language: string | undefined;
  #view = newView();
  #brief: CallBrief | undefined;
  #ticket: CallTicket | null = null;
  /** The consent to bring along; null where nobody has given one. */
  consent: Consent | null = null;
  #rehearsal: RehearsalRequest | undefined;
  #phase: ConnectionState["phase"] = "idle";
  #lostAt = 0;
  /** When the call began, on the clock of the SDK; null until the gateway has told the time. */
  #origin: number | null = null;

  constructor(clock: Clock, language: string | undefined) {
    [this.#clock, this.#language] = [clock, language];
  }

  get view(): CallView {
    return this.#view;
  }

  /** Undefined where nobody has given one. */
  get brief(): CallBrief | undefined {
    return this.#brief;
  }

  /** Null until a call has been opened or is to be resumed. */
  get ticket(): CallTicket | null {
    return this.#ticket;
  }

  get phase(): ConnectionState["phase"] {
    return this.#phase;
  }

  get connection(): ConnectionState {
    const phase = this.#phase;
    return phase === "reconnecting" ? { phase, awaySeconds: (this.#clock.now() - this.#lostAt) / 1000 } : { phase };
  }

  /** The call's clock, in milliseconds; zero until the gateway has told it. */
  get elapsedMs(): number {
    return this.#origin === null ? 0 : Math.max(0, this.#clock.now() - this.#origin);
  }

  get isOver(): boolean {
    return this.#phase === "ended" || this.#phase === "moved";
  }

  /** What the next connection starts with. */
  request(brief: CallBrief | undefined): StartCallRequest {
    const atMs = this.#origin === null ? {} : { atMs: Math.round(this.elapsedMs) };
    const resume = this.#ticket && { ...this.#ticket, lastNumber: this.#view.number, ...atMs };
    return {
      ...(brief && { brief }), ...(this.#language !== undefined && { language: this.#language }), ...(resume && { resume }),
      ...(this.consent && { consent: this.consent }), ...(this.#rehearsal && { rehearsal: this.#rehearsal }),
    };
  }

  start(options: StartOptions): void {
    this.#brief = options.brief;
    this.#ticket = options.ticket ?? null;
    this.consent = options.consent ?? null;
    this.#rehearsal = options.rehearsal;
    this.#view = newView(0, options.brief);
    this.#phase = "connecting";
  }

  /** Connects again to a call that another window had taken over. */
  takeBack(): void {
    this.#phase = "connecting";
    this.#view = { ...this.#view, ended: null };
  }

  /**
   * A connection got into a call.
   * @returns Whether a new call began in place of the one that was to be resumed.
   */
  open(reply: StartCallReply): boolean {
    const anew = this.#ticket !== null && !reply.resumed;
    this.#view = reply.resumed ? { ...this.#view, number: reply.number, stale: false } : newView(reply.number, this.#view.brief);
    this.#ticket = { callId: reply.callId, resumeToken: reply.resumeToken };
    this.#setClock(reply.elapsedMs);
    this.#phase = "open";
    return anew;
  }

  lose(): void {
    if (this.#phase !== "open") return;
    this.#phase = "reconnecting";
    this.#lostAt = this.#clock.now();
  }

  end(last: "ended" | "moved"): void {
    this.#phase = last;
  }

  /** The gateway has deleted the call. */
  revoked(): void {
    this.#view = { ...this.#view, ended: "consentRevoked" };
  }

  /**
   * Takes an event in.
   * @returns Whether the event counts, and whether a snapshot must be asked for.
   */
  apply(event: CallEvent): { readonly counts: boolean; readonly resync: boolean } {
    const { view, resync } = apply(this.#view, event);
    const counts = view !== this.#view && !resync;
    this.#view = view;
    if (counts && event.type === "restored") {
      this.#brief = event.brief;
      this.#setClock(event.elapsedMs);
    }
    return { counts, resync };
  }

  applyFeedback(suggestionId: string, kind: FeedbackKind): void {
    this.#view = withFeedback(this.#view, suggestionId, kind);
  }

  setBrief(stored: CallBrief): void {
    this.#brief = stored;
    this.#view = { ...this.#view, brief: stored };
  }

  setPaused(paused: boolean): void {
    this.#view = { ...this.#view, status: { ...this.#view.status, paused } };
  }

  #setClock(elapsedMs: number): void {
    this.#origin = this.#clock.now() - elapsedMs;
  }
}
