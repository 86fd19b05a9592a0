import { BuyerVoice, CallClient, deleteCall, readCallReport, systemClock } from "@teleprompter/sdk";
import type { CallReport, CallTicket, CallView, Clock, RehearsalRequest } from "@teleprompter/sdk";
import { extend, newRecord, type CallRecord } from "./call-record.js";
import { forgetRehearsal, loadRehearsals, saveRehearsal, type PastRehearsal } from "./past-rehearsals.js";
import { forgetTicket, saveCall } from "./preferences.js";
import { remark } from "./remark.js";
import { ReportReader } from "./report-reader.js";
import { SamplePlayer } from "./sample-player.js";
import type { SessionOptions, Surroundings } from "./session-options.js";
import { wasHeard, type Sound } from "./sound.js";
import { advance, emptyStage, speakingForMs, type Stage } from "./stage.js";
import { TypedLines } from "./typed-lines.js";

/** One call on the screen: the client, what the rep is looking at, and what is kept for the summary. */
export class CallSession {
  readonly client: CallClient;
  readonly player: SamplePlayer | null;
  readonly sampleTitle: string | null;
  readonly sound: Sound | null;
  /** Says the buyer of a rehearsal aloud; null where they are read, and in a call with a customer. */
  readonly buyer: BuyerVoice | null;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #stage: Stage = emptyStage;
  #record: CallRecord = newRecord(new Date());
  #remark: string | null = null;
  #view: CallView;
  #repWords = "";
  #repSpeakingUntil = -Infinity;
  #cancelRelease = () => {};
  #pinned: readonly { readonly suggestionId: string; readonly text: string }[] = [];
  #readNudges: ReadonlySet<string> = new Set();
  readonly #rehearsal: RehearsalRequest | null;
  /** The rep's rehearsals before this call, oldest first. */
  readonly pastRehearsals: readonly PastRehearsal[];
  #swapAnswered = false;
  #played = false;
  #ticketSavedAt = -Infinity;
  /** What is typed. */
  readonly typed: TypedLines;
  readonly #report: ReportReader;
  readonly #deleteCall: (ticket: CallTicket) => Promise<void>;
  #deleted = false;
  #deletedHere = false;

  constructor(options: SessionOptions, surroundings: Surroundings = {}) {
    this.#clock = surroundings.clock ?? systemClock;
    const readReport = surroundings.readReport ?? ((ticket: CallTicket) => readCallReport(ticket, surroundings.gateway));
    this.#report = new ReportReader(readReport, this.#clock, (report) => this.#showReport(report));
    this.#deleteCall = surroundings.deleteCall ?? ((ticket) => deleteCall(ticket, surroundings.gateway));
    this.client = new CallClient({ ...surroundings, ...(options.language && { language: options.language }) });
    this.typed = new TypedLines(this.client);
    this.#view = this.client.view;
    this.#rehearsal = options.rehearsal ?? null;
    this.pastRehearsals = loadRehearsals();
    this.sampleTitle = options.sample?.title ?? null;
    this.sound = options.sound ?? null;
    this.player = options.sample
      ? new SamplePlayer(options.sample.cues, this.#clock, () => this.client.elapsedMs, (segment) => this.client.hear(segment), () => this.#changed())
      : null;
    this.client.onError = (message) => this.#say(message);
    // Once a call has begun, its status line tells that it reconnects.
    this.client.onConnectFailed = (message) => this.client.connection.phase === "connecting" && this.#say(message);
    this.client.onStartedAnew = () => this.#say("The earlier call is gone. This is a new one.");
    this.client.subscribe(() => this.#follow());
    const { brief, ticket, consent, rehearsal } = options;
    // Now, while the click that began the call lets the page play.
    this.buyer = rehearsal?.voice ? new BuyerVoice(this.client, { ...surroundings.buyer, onStream: (stream) => this.sound?.capture.leaveOut(stream) }) : null;
    this.sound?.capture.feed(this.buyer ?? this.client);
    this.client.start({ brief, ...(ticket && { ticket }), ...(consent && { consent }), ...(rehearsal && { rehearsal }) });
  }

  get view(): CallView {
    return this.#view;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get record(): CallRecord {
    return this.#record;
  }

  /** What starts the same rehearsal again; null in a call with a customer. */
  get rehearsal(): RehearsalRequest | null {
    const told = this.#record.rehearsal;
    if (!told) return this.#rehearsal;
    return {
      personaId: told.persona.personaId, testMe: told.testMe, ...(told.objections && { objections: told.objections }),
      ...(this.buyer && { voice: true }),
    };
  }

  /** The quiet line under what to say; null when there is nothing to remark. */
  get remark(): string | null {
    return this.#remark;
  }

  /** What the rep was typing when the call ended; empty where that was nothing, or it was said. */
  get unsaid(): string {
    return this.typed.unsaid(this.#view.segments);
  }

  /** What the rep keeps on the screen, oldest first. */
  get pinned(): readonly { readonly suggestionId: string; readonly text: string }[] {
    return this.#pinned;
  }

  /** Lines from the team lead that were not put away. */
  get nudges() {
    return this.#view.nudges.filter((each) => !this.#readNudges.has(each.nudgeId));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  used(): void {
    const say = this.#stage.say;
    if (!say || say.writing || this.isUsed(say.suggestionId)) return;
    this.#record = { ...this.#record, used: [...this.#record.used, say.suggestionId] };
    this.client.feedback(say.suggestionId, "used");
  }

  dismiss(): void {
    const say = this.#stage.say;
    if (say) this.client.feedback(say.suggestionId, "dismissed");
  }

  isUsed(suggestionId: string): boolean {
    return this.#record.used.includes(suggestionId);
  }

  /** Whether the rep was heard saying it. */
  isSaid(suggestionId: string): boolean {
    return this.#record.said.includes(suggestionId);
  }

  isPinned(suggestionId: string): boolean {
    return this.#pinned.some((each) => each.suggestionId === suggestionId);
  }

  pin(): void {
    const say = this.#stage.say;
    if (!say) return;
    if (this.isPinned(say.suggestionId)) return this.unpin(say.suggestionId);
    if (say.writing) return;
    this.#pinned = [...this.#pinned, { suggestionId: say.suggestionId, text: say.text }];
    this.client.feedback(say.suggestionId, "pinned");
  }

  unpin(suggestionId: string): void {
    this.#pinned = this.#pinned.filter((each) => each.suggestionId !== suggestionId);
    this.client.feedback(suggestionId, "unpinned");
  }

  readNudge(nudgeId: string): void {
    this.#readNudges = new Set([...this.#readNudges, nudgeId]);
    this.#changed();
  }

  /** The rep has said whether the channels are reversed. */
  get swapAnswered(): boolean {
    return this.#swapAnswered;
  }

  /** The speakers are the wrong way round, or they are right: either way the rep is not asked again. */
  answerSwap(swap: boolean): void {
    this.#swapAnswered = true;
    if (swap) this.client.swapSpeakers();
    this.#changed();
  }

  togglePause(): void {
    if (this.#view.status.paused) this.client.resume();
    else this.client.pause();
  }

  suggestNow(): void {
    this.#say(null);
    this.client.suggestNow();
  }

  /** Nothing of the call is to be kept, nor is it here. */
  get deleted(): boolean {
    return this.#deleted;
  }

  /** The rep deleted the call after its end. */
  get deletedHere(): boolean {
    return this.#deletedHere;
  }

  /** Deletes a call that is over. Rejects, in words for the rep, where the gateway did not. */
  async delete(): Promise<void> {
    if (!this.client.ticket) return;
    await this.#deleteCall(this.client.ticket);
    this.#deletedHere = true;
    this.#forget();
  }

  /** Somebody does not agree to the call any more: it ends at once and is deleted. */
  revoke(): void {
    this.player?.pause();
    this.sound?.capture.close();
    this.client.revokeConsent();
    this.#forget();
  }

  end(): void {
    this.player?.pause();
    this.client.end();
  }

  /** Lets go of the call; it can be taken up again until it expires. */
  close(): void {
    this.player?.pause();
    this.sound?.capture.close();
    this.#cancelRelease();
    this.#report.cancel();
    this.buyer?.close();
    this.client.close();
    this.#listeners.clear();
  }

  #say(line: string | null): void {
    this.#remark = line;
    this.#changed();
  }

  #follow(): void {
    const before = this.#view;
    const view = this.client.view;
    const phase = this.client.connection.phase;
    if (phase === "open") this.#opened();
    if (phase === "ended") {
      forgetTicket();
      this.player?.pause();
      this.sound?.capture.close();
      if (view.ended === "deleted" || view.ended === "consentRevoked") this.#forget();
      else if (this.client.ticket) this.#report.ask(this.client.ticket);
    }
    this.#view = view;
    if (this.#deleted) return this.#changed();
    const line = remark(before, view);
    if (line !== undefined) this.#remark = line;
    this.#record = extend(this.#record, view);
    const kept = view.recent.filter((each) => each.feedback === "pinned" && !this.isPinned(each.suggestionId));
    if (kept.length > 0) this.#pinned = [...this.#pinned, ...kept];
    this.#listenForRep(view);
    this.#advance();
  }

  #opened(): void {
    const now = this.#clock.now();
    // Often enough that the ticket's age tells how long the page was away.
    if (this.client.ticket && now - this.#ticketSavedAt > 10_000) {
      this.#ticketSavedAt = now;
      saveCall({ ticket: this.client.ticket, listened: this.sound !== null && wasHeard(this.sound), rehearsal: this.rehearsal }, Date.now());
    }
    if (!this.#played) this.player?.play();
    this.#played = true;
  }

  #showReport(report: CallReport): void {
    this.#record = { ...this.#record, report };
    this.#remember(report);
    this.#changed();
  }

  #remember(report: CallReport): void {
    const { rehearsal } = this;
    if (!report.scoreCard || !rehearsal) return;
    const yes = report.scoreCard.checks.filter((each) => each.passed).map((each) => each.question);
    saveRehearsal({ at: this.#record.startedAt.toISOString(), personaId: rehearsal.personaId, yes });
  }

  /** Forgets what was said. */
  #forget(): void {
    this.#deleted = true;
    this.#cancelRelease();
    this.#report.cancel();
    if (this.#rehearsal) forgetRehearsal(this.#record.startedAt.toISOString());
    [this.#record, this.#stage, this.#pinned, this.#remark] = [newRecord(this.#record.startedAt), emptyStage, [], null];
    this.typed.line = "";
    this.#changed();
  }

  #listenForRep(view: CallView): void {
    const last = view.segments.findLast((each) => each.speaker === "rep");
    const words = last ? `${last.segmentId} ${last.final} ${last.text}` : "";
    if (!last || words === this.#repWords) return;
    this.#repWords = words;
    this.#repSpeakingUntil = this.#clock.now() + speakingForMs(last.final);
  }

  #advance(): void {
    this.#cancelRelease();
    const remaining = this.#repSpeakingUntil - this.#clock.now();
    this.#stage = advance(this.#stage, this.#view, remaining > 0);
    if (this.#stage.held && remaining > 0) this.#cancelRelease = this.#clock.after(remaining, () => this.#advance());
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
