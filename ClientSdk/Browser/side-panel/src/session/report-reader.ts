import type { CallReport, CallTicket, Clock } from "@teleprompter/sdk";

/** The waits before the report is asked for again, for as long as its summary is missing or being written: half a minute in all. */
const waitsMs = [300, 700, 1000, 2000, 3000, 5000, 8000, 10_000];

/** Asks for what the gateway made of a call that is over, which it has at once, and better when a model wrote it. */
export class ReportReader {
  readonly #read: (ticket: CallTicket) => Promise<CallReport | null>;
  readonly #clock: Clock;
  readonly #show: (report: CallReport) => void;
  #asked = false;
  #cancelled = false;
  #cancelWait = () => {};

  constructor(read: (ticket: CallTicket) => Promise<CallReport | null>, clock: Clock, show: (report: CallReport) => void) {
    [this.#read, this.#clock, this.#show] = [read, clock, show];
  }

  /** Asks until the report is whole; once only. */
  ask(ticket: CallTicket): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#ask(ticket, 0);
  }

  cancel(): void {
    this.#cancelled = true;
    this.#cancelWait();
  }

  async #ask(ticket: CallTicket, attempt: number): Promise<void> {
    const report = await this.#read(ticket).catch(() => null);
    if (this.#cancelled) return;
    if (report) this.#show(report);
    const wait = waitsMs[attempt];
    if (wait !== undefined && (!report?.summary || report.summaryPending)) this.#cancelWait = this.#clock.after(wait, () => void this.#ask(ticket, attempt + 1));
  }
}
