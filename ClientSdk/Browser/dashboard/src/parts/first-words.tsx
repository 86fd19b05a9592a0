import { useMemo, useRef } from "preact/hooks";
import { barsOptions, latencyOptions, type Palette } from "../fleet/charts.js";
import { seconds } from "../fleet/format.js";
import type { Fleet } from "../fleet/fleet.js";
import { isWithoutModel, windowOf } from "../fleet/fleet.js";
import { chartData } from "../fleet/series.js";
import { Chart } from "./chart.js";

/** Percentiles over time against the budget, and beneath them, on the same time axis, who answered. */
export function FirstWords({ fleet, minutes, scheme }: { fleet: Fleet; minutes: number; scheme: string }) {
  const probe = useRef<HTMLElement>(null);
  const data = useMemo(() => chartData(fleet, minutes), [fleet, minutes]);
  const { budgetMs, teamMs } = fleet.targets;
  const palette = useMemo(() => readPalette(), [scheme]);
  const latency = useMemo(() => latencyOptions(palette, budgetMs, teamMs), [palette, budgetMs, teamMs]);
  const bars = useMemo(() => barsOptions(palette), [palette]);
  const window = windowOf(fleet, minutes);
  const range = [(fleet.atMs - minutes * 60_000) / 1000, fleet.atMs / 1000] as const;
  const percentiles = isWithoutModel(fleet) ? null : window?.firstWords;
  return (
    <section ref={probe} class="tile first-words" aria-labelledby="series-title">
      <div class="line">
        <h2 id="series-title" class="label">First words of the model, each ten seconds</h2>
        <span class="push" />
        <p class="legend">
          {(["p50", "p95", "p99"] as const).map((key) => (
            <span key={key}><span class={`stroke s-${key}`} aria-hidden="true" />{key} <b>{percentiles ? seconds(percentiles[key]) : "–"}</b></span>
          ))}
        </p>
      </div>
      <Chart options={latency} data={data.latency} range={range} label="First words of the model over time" class="chart-latency" />
      <p class="label">Turns, by who answered</p>
      <Chart options={bars} data={data.turns} range={range} label="Turns over time, by who answered" class="chart-turns" />
    </section>
  );
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    ink: colour("--ink"), soft: colour("--soft"), rule: colour("--rule"), budget: colour("--alarm"),
    p50: colour("--c-p50"), p95: colour("--c-p95"), p99: colour("--c-p99"),
    model: colour("--c-model"), playbook: colour("--c-playbook"), nobody: colour("--c-nobody"),
    font: `12px ${style.getPropertyValue("--sans")}`,
  };
  probe.remove();
  return palette;
}
