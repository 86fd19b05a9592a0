import type uPlot from "uplot";
import { isWithoutModel, type Fleet } from "./fleet.js";

export const slotSeconds = 10;

/**
 * The points of the last minutes, a point for every ten seconds, so that time in which nothing happened shows as a gap. `turns` is stacked: model,
 * model and playbook, all.
 */
export function chartData(fleet: Fleet, minutes: number): { readonly latency: uPlot.AlignedData; readonly turns: uPlot.AlignedData } {
  // The age of a turn that no card fits would pass for a slow model.
  const withoutModel = isWithoutModel(fleet);
  const last = Math.floor(fleet.atMs / 1000 / slotSeconds) * slotSeconds;
  const first = last - minutes * 60;
  const x: number[] = [];
  const latency: (number | null)[][] = [[], [], []];
  const turns: number[][] = [[], [], []];
  for (let start = first; start <= last; start += slotSeconds) {
    const slot = fleet.series.get(start * 1000);
    const words = withoutModel ? null : slot?.firstWords ?? null;
    const { model = 0, playbook = 0, nobody = 0 } = slot?.answered ?? {};
    x.push(start + slotSeconds / 2);
    latency[0]!.push(words && words.p50 / 1000);
    latency[1]!.push(words && words.p95 / 1000);
    latency[2]!.push(words && words.p99 / 1000);
    turns[0]!.push(model + playbook + nobody);
    turns[1]!.push(model + playbook);
    turns[2]!.push(model);
  }
  return { latency: [x, ...latency] as uPlot.AlignedData, turns: [x, ...turns] as uPlot.AlignedData };
}
