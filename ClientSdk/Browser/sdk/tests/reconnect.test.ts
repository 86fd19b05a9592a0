import { describe, expect, it } from "vitest";
import { FakeClock, settled } from "../../testing/fake-clock.js";
import { FakeHub, line } from "../../testing/fake-hub.js";
import { CallClient, emptyBrief } from "../src/index.js";
import type { CallBrief, FeedbackKind, Progress, SuggestionFeedback, TranscriptSegment } from "../src/index.js";
import { golden } from "./golden.js";

/** What is done, and what the hub then gets and the client tells. */
interface Step {
  readonly do: readonly string[];
  readonly sent: readonly string[];
  readonly told?: readonly string[];
  readonly unsent?: number;
}

interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly after?: Partial<After>;
}

/** How things stand after a scenario; the defaults are those of a call that goes well. */
interface After {
  readonly phase: string;
  readonly paused: boolean;
  readonly brief: string;
  readonly dropped: number;
  readonly feedbackWaiting: number;
}

const goesWell: After = { phase: "open", paused: false, brief: "Lee", dropped: 0, feedbackWaiting: 0 };
const lost = "The connection was lost.";

/** A client and its hub, which do what a scenario says. */
class Stage {
  readonly #hub = new FakeHub();
  readonly #clock = new FakeClock();
  readonly #client = new CallClient({ connect: this.#hub.connect, clock: this.#clock, random: () => 0 });
  readonly #refusals = new Map<string, string>();
  #silent = false;
  #unanswered: ((error: Error) => void)[] = [];
  #sent: string[] = [];
  #told: string[] = [];

  async open(): Promise<void> {
    this.#hub.intercept = (method, argument) => {
      if (method === "StartCall") return null;
      const label = `${method} ${nameOf(argument)}`.trim();
      this.#sent.push(label);
      const refusal = this.#refusals.get(label);
      this.#refusals.delete(label);
      if (refusal) return Promise.reject(new Error(`HubException: ${refusal}`));
      return this.#silent ? new Promise((_, reject) => this.#unanswered.push(reject)) : null;
    };
    this.#client.onError = (message) => message !== lost && this.#told.push(message);
    this.#client.start({ brief: { ...emptyBrief, customerName: "Lee" } });
    await settled();
  }

  async run(actions: readonly string[]): Promise<{ sent: readonly string[]; told: readonly string[]; unsent: number }> {
    [this.#sent, this.#told] = [[], []];
    for (const action of actions) await this.#act(action);
    await settled();
    return { sent: this.#sent, told: this.#told, unsent: this.#client.unsent };
  }

  get now(): After {
    const { connection, view, dropped, feedbackWaiting } = this.#client;
    return { phase: connection.phase, paused: view.status.paused, brief: view.brief.customerName ?? "", dropped, feedbackWaiting };
  }

  async #act(action: string): Promise<void> {
    const [verb = "", what = "", kind = ""] = action.split(" ");
    const client = this.#client;
    switch (verb) {
      case "hear": return expand(what).forEach((id) => client.hear({ ...line("customer", id, "Is it safe?"), endOfTurn: true }));
      case "interim": return client.hear(line("customer", what, "Is it", false));
      case "pause": client.pause(); return settled();
      case "resume": client.resume(); return settled();
      case "brief": return client.updateBrief({ ...emptyBrief, customerName: what });
      case "feedback": return client.feedback(what, kind as FeedbackKind);
      case "swap": return client.swapSpeakers();
      case "suggest": return client.suggestNow();
      case "end": return client.end();
      case "silence": this.#silent = true; return;
      case "refuse": {
        const [, label = "", words = ""] = /^refuse (.*?): (.*)$/.exec(action) ?? [];
        this.#refusals.set(label, words);
        return;
      }
      case "receive": return expand(what).forEach((number) => {
        this.#hub.number = Number(number) - 1;
        this.#hub.hear("customer", `e-${number}`, "Hi.");
      });
      case "advance": return this.#clock.advance(Number(what));
      case "cut":
        await settled();
        this.#hub.cut();
        for (const reject of this.#unanswered.splice(0)) reject(new Error("The underlying connection was closed."));
        return settled();
      case "reconnect":
      case "start":
        this.#silent = false;
        this.#hub.known = verb === "reconnect";
        return this.#clock.advance(0);
      default: throw new Error(`Unknown action: ${action}`);
    }
  }
}

/** `c-1..c-3` names c-1, c-2 and c-3; `1..3` the numbers. */
function expand(names: string): readonly string[] {
  const [, prefix = "", first, last] = /^(.*?)(\d+)\.\.\D*(\d+)$/.exec(names) ?? [];
  if (first === undefined) return [names];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => `${prefix}${Number(first) + at}`);
}

function nameOf(argument: unknown): string {
  const named = (argument ?? {}) as Partial<TranscriptSegment & CallBrief & SuggestionFeedback & Progress>;
  const { segmentId, customerName, suggestionId, kind, number } = named;
  return segmentId ?? customerName ?? (number !== undefined ? String(number) : `${suggestionId ?? ""} ${kind ?? ""}`);
}

describe("After a reconnect", () => {
  it.each(golden<Scenario[]>("reconnect.json"))("$name", async ({ steps, after }) => {
    const stage = new Stage();
    await stage.open();
    for (const step of steps) {
      const sent = step.sent.flatMap((each) => each.includes("..") ? expand(each) : [each]);
      expect(await stage.run(step.do)).toEqual({ sent, told: step.told ?? [], unsent: step.unsent ?? 0 });
    }
    expect(stage.now).toEqual({ ...goesWell, ...after });
  });
});
