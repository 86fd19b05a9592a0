import type { CallClient, Segment, Speaker } from "@teleprompter/sdk";
import { wholeWords } from "./plain-text.js";

/** Lines that are typed instead of spoken. */
export class TypedLines {
  readonly #client: Pick<CallClient, "elapsedMs" | "hear">;
  readonly #idPrefix = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? "0";
  #sent = 0;
  /** What stands in the field. */
  line = "";
  /** The line that is being typed in a rehearsal, as far as it was heard. */
  #draft: { readonly startMs: number; readonly text: string } | null = null;

  constructor(client: Pick<CallClient, "elapsedMs" | "hear">) {
    this.#client = client;
  }

  /** A line that is being typed was heard. */
  get drafting(): boolean {
    return this.#draft !== null;
  }

  /** A whole line, as either speaker; sending it ends the turn. */
  send(speaker: Speaker, text: string): void {
    const endMs = Math.round(this.#client.elapsedMs);
    const startMs = this.#draft?.startMs ?? endMs;
    this.#client.hear({ segmentId: this.#id, speaker, text, final: true, endOfTurn: true, startMs, endMs });
    this.#draft = null;
    this.line = "";
    this.#sent++;
  }

  /** The rep's line as it is typed: the buyer of a rehearsal hears its whole words, as of somebody who speaks, and may cut in. */
  draft(text: string): void {
    const heard = /\s/.test(text.trimStart()) ? wholeWords(text).trim() : "";
    if (heard === "" || heard === this.#draft?.text) return;
    const endMs = Math.round(this.#client.elapsedMs);
    this.#draft = { startMs: this.#draft?.startMs ?? endMs, text: heard };
    this.#client.hear({ segmentId: this.#id, speaker: "rep", text: heard, final: false, startMs: this.#draft.startMs, endMs });
  }

  /** What stands in the field and was not said: a line that the buyer hung up on was said as far as it was heard. */
  unsaid(segments: readonly Segment[]): string {
    const line = this.line.trim();
    const said = segments.find((each) => each.final && each.segmentId === this.#id)?.text ?? "";
    return line.startsWith(said) ? line.slice(said.length).trim() : line;
  }

  get #id(): string {
    return `t-${this.#idPrefix}-${this.#sent + 1}`;
  }
}
