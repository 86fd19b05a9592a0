import { ago, count, percent } from "./format.js";
import { isWithoutModel, windowOf, type Fleet } from "./fleet.js";
import { missed, nobodyMatters } from "./verdict.js";

export interface Banner {
  readonly key: string;
  readonly kind: "alarm" | "warn";
  /** What happened, what still works, and what to do. */
  readonly text: string;
}

/** From when on a worker's clock is worth a word: below that, nobody can see it. */
const clockMattersMs = 5_000;

/** What everybody who looks must know, the worst first. A function of the fleet. */
export function banners(fleet: Fleet): readonly Banner[] {
  const found: Banner[] = [];
  const alive = fleet.workers.filter((worker) => !worker.gone);
  const gone = fleet.workers.filter((worker) => worker.gone && !worker.draining);
  if (alive.length === 0) {
    found.push({ key: "noWorker", kind: "alarm", text: "No worker answers. Calls stay connected and are kept, but get no suggestions. Start a worker." });
  }
  for (const worker of gone) {
    found.push({
      key: worker.workerId, kind: "alarm",
      text: `A worker stopped answering ${ago(fleet.atMs - worker.heardAtMs)} ago. Its ${count(worker.calls, "call")} moved to the others${alive.length === 0 ? " when there are any" : ""}. Start one in its place if it does not come back.`,
    });
  }
  for (const gateway of fleet.gateways.filter((each) => each.gone && !each.draining)) {
    found.push({ key: gateway.gatewayId, kind: "alarm", text: `A gateway stopped answering ${ago(fleet.atMs - gateway.heardAtMs)} ago. Its panels reconnect to the others by themselves.` });
  }

  const silent = alive.filter((worker) => worker.load?.model === "unavailable");
  if (silent.length > 0) {
    found.push({ key: "model", kind: "alarm", text: `The model does not answer on ${silent.length} of ${count(alive.length, "worker")}; the playbook answers there. Check the provider: the workers try again every few seconds.` });
  }
  if (alive.some((worker) => worker.load?.model === "off")) {
    found.push({ key: "off", kind: "warn", text: "The model is switched off (Model:Enabled). The playbook answers." });
  }
  const overBudget = [...fleet.calls.values()].filter((call) => call.status.model === "overBudget").length;
  if (overBudget > 0) {
    found.push({ key: "budget", kind: "warn", text: `${count(overBudget, "call")} without the model: the person or the team has spent today's budget (Budget:…). The playbook answers until midnight UTC.` });
  }
  const recent = windowOf(fleet, 5);
  const lost = recent && missed(recent, isWithoutModel(fleet));
  if (lost && lost.share >= nobodyMatters) {
    found.push({ key: "nobody", kind: "alarm", text: `${percent(lost.share)} of the turns of the last 5 minutes got no answer${lost.why}.` });
  }
  const held = alive.reduce((sum, worker) => sum + (worker.load?.held ?? 0), 0);
  if (held > 0) {
    found.push({ key: "held", kind: "warn", text: `${count(held, "question")} held: every model stream is taken. Reps see the playbook's card meanwhile. Add a worker, or raise Admission:Slots if the model can take it.` });
  }
  const unkept = [...fleet.calls.values()].filter((call) => call.status.storage === "unavailable").length;
  if (unkept > 0) {
    found.push({ key: "storage", kind: "alarm", text: `Storage cannot be reached from ${count(unkept, "call")}. They go on live; what is said is kept when it is back. Check Redis.` });
  }
  const versions = new Set(alive.map((worker) => worker.playbookVersion));
  if (versions.size > 1) {
    found.push({ key: "playbooks", kind: "warn", text: `Workers answer from ${versions.size} different playbooks. After an edit that passes within seconds; otherwise check their Playbook:Folder.` });
  }
  const off = alive.reduce((worst, worker) => (Math.abs(worker.clockBehindMs) > Math.abs(worst) ? worker.clockBehindMs : worst), 0);
  if (Math.abs(off) >= clockMattersMs) {
    found.push({ key: "clock", kind: "warn", text: `A worker's clock is ${ago(Math.abs(off))} ${off > 0 ? "behind" : "ahead"}. The times here are put right by it; set the clock of its machine.` });
  }
  const broken = Math.max(0, ...alive.map((worker) => worker.playbookErrors));
  if (broken > 0) {
    found.push({ key: "cards", kind: "warn", text: `${count(broken, "playbook file")} cannot be read; the last good version of each stays in use. The workers' logs say where.` });
  }
  return found;
}
