import type { FleetView, GatewayView, LeadTargets, LiveCallView, SlotView, WindowView, WorkerLoad, WorkerView } from "./messages.js";

/** The fleet as it is known: the views put together. Immutable, so that what did not change is the same object. */
export interface Fleet {
  readonly number: number;
  readonly atMs: number;
  readonly targets: LeadTargets;
  readonly windows: readonly WindowView[];
  /** By their start. */
  readonly series: ReadonlyMap<number, SlotView>;
  readonly calls: ReadonlyMap<string, LiveCallView>;
  readonly workers: readonly WorkerView[];
  readonly gateways: readonly GatewayView[];
}

/** How much of the past is kept, in milliseconds. */
export const keptMs = 60 * 60_000;

/**
 * The fleet after one more view. Null asks for a whole one: something was missed. A view that is known already changes nothing.
 */
export function follow(fleet: Fleet | null, view: FleetView): Fleet | null {
  if (!view.whole && (!fleet || view.number > fleet.number + 1)) return null;
  if (!view.whole && fleet && view.number <= fleet.number) return fleet;
  const { number, atMs, targets, workers, gateways } = view;
  const before = view.whole ? null : fleet;
  return { number, atMs, targets, workers, gateways, windows: windows(before, view), series: series(before, view), calls: calls(before, view) };
}

/** The window of so many minutes. */
export function windowOf(fleet: Fleet, minutes: number): WindowView | undefined {
  return fleet.windows.find((each) => each.minutes === minutes);
}

/** What the live workers say of their models and streams. */
export function loadsOf(fleet: Fleet): readonly WorkerLoad[] {
  return fleet.workers.filter((worker) => !worker.gone).flatMap((worker) => worker.load ?? []);
}

/** Whether every live worker answers by the playbook because no model is set. */
export function isWithoutModel(fleet: Fleet): boolean {
  const loads = loadsOf(fleet);
  return loads.length > 0 && loads.every((load) => load.model === "none");
}

function windows(before: Fleet | null, view: FleetView): readonly WindowView[] {
  return view.windows.map((window) => ({ ...window, cards: window.cards ?? (before && windowOf(before, window.minutes)?.cards) ?? [] }));
}

function series(before: Fleet | null, view: FleetView): ReadonlyMap<number, SlotView> {
  const oldest = view.atMs - keptMs;
  if (before && view.series.length === 0) return before.series;
  const known = new Map(before?.series);
  for (const slot of view.series) known.set(slot.startMs, slot);
  return new Map([...known].filter(([start]) => start >= oldest).sort(([a], [b]) => a - b));
}

function calls(before: Fleet | null, view: FleetView): ReadonlyMap<string, LiveCallView> {
  if (before && view.calls.length === 0 && view.gone.length === 0) return before.calls;
  const known = new Map(before?.calls);
  for (const gone of view.gone) known.delete(gone);
  for (const call of view.calls) known.set(call.callId, call);
  return known;
}
