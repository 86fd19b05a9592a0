import { script, type CallBrief, type CallTurn, type TimedSegment } from "@teleprompter/sdk";
import { toBrief } from "./preferences.js";

/** A bundled call, as the list names it. */
export interface SampleCall {
  readonly file: string;
  readonly title: string;
  /** Of a call, e.g. "Price objection". */
  readonly kind: string;
  readonly description: string;
  readonly minutes: number;
}

/** The bundled calls. */
export async function listSampleCalls(): Promise<readonly SampleCall[]> {
  return (await getJson("calls/index.json")) as readonly SampleCall[];
}

/** One of them, ready to play, with its brief. */
export async function loadSampleCall(call: SampleCall): Promise<{ brief: CallBrief; cues: readonly TimedSegment[] }> {
  const { brief, turns } = (await getJson(`calls/${encodeURIComponent(call.file)}`)) as { brief: unknown; turns: readonly CallTurn[] };
  return { brief: toBrief(brief), cues: script(turns, "sample") };
}

async function getJson(path: string): Promise<unknown> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
  return answer.json();
}
