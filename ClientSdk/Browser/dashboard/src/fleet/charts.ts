import uPlot from "uplot";

/** Colours as the canvas needs them: resolved. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly rule: string;
  readonly budget: string;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly model: string;
  readonly playbook: string;
  readonly nobody: string;
  readonly font: string;
}

type Options = Omit<uPlot.Options, "width" | "height">;

const axisWidth = 52;

/** p50, p95 and p99 against the budget. They differ in width and dash as well as in colour. */
export function latencyOptions(palette: Palette, budgetMs: number, teamMs: number | null): Options {
  const budget = budgetMs / 1000;
  return {
    ...common(palette),
    scales: {
      x: { time: true },
      // An answer that never came must not flatten all the others: beyond four budgets a line leaves the chart at its top.
      y: { range: (_, __, max) => [0, Math.min(Math.max((max ?? 0) * 1.1, budget * 1.4), budget * 4)] },
    },
    axes: [xAxis(palette), { ...yAxis(palette), values: (_, ticks) => ticks.map((tick) => `${tick.toFixed(2)} s`) }],
    series: [
      {},
      { label: "p50", stroke: palette.p50, width: 1.5, points: { show: lonely, size: 5, fill: palette.p50 } },
      { label: "p95", stroke: palette.p95, width: 2.75, points: { show: lonely, size: 6, fill: palette.p95 } },
      { label: "p99", stroke: palette.p99, width: 1.5, dash: [5, 4], points: { show: lonely, size: 5, fill: palette.p99 } },
    ],
    hooks: {
      draw: [(chart) => {
        line(chart, budget, `budget ${budget.toFixed(2)} s`, palette.budget, []);
        if (teamMs !== null) line(chart, teamMs / 1000, `your target ${(teamMs / 1000).toFixed(2)} s`, palette.soft, [2, 3]);
      }],
    },
  };
}

/** Turns every ten seconds, stacked by who answered: throughput and shares in one. */
export function barsOptions(palette: Palette): Options {
  const bars = uPlot.paths.bars!({ size: [0.9, 24], gap: 1 });
  const bar = (label: string, fill: string): uPlot.Series => ({ label, fill, stroke: fill, width: 0, paths: bars, points: { show: false } });
  return {
    ...common(palette),
    scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(4, (max ?? 0) * 1.1)] } },
    axes: [xAxis(palette), { ...yAxis(palette), size: axisWidth, values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? `${tick}` : "")) }],
    // The tallest first: what is drawn later covers it.
    series: [{}, bar("Not at all", palette.nobody), bar("Playbook only", palette.playbook), bar("Model", palette.model)],
  };
}

function common(palette: Palette): Pick<Options, "legend" | "cursor" | "padding" | "series"> {
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false, sync: { key: "time" } },
    padding: [8, 8, 0, 0],
    series: [{ stroke: palette.ink }],
  };
}

function xAxis(palette: Palette): uPlot.Axis {
  return {
    stroke: palette.soft, font: palette.font, grid: { show: false }, ticks: { stroke: palette.rule, width: 1, size: 4 }, size: 26, space: 80,
    values: (_, ticks) => ticks.map((tick) => new Date(tick * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })),
    incrs: [60, 300, 600, 900],
  };
}

function yAxis(palette: Palette): uPlot.Axis {
  return { stroke: palette.soft, font: palette.font, grid: { stroke: palette.rule, width: 1 }, ticks: { show: false }, size: axisWidth, space: 28 };
}

/** Points only where a line would not show them: between two gaps. */
function lonely(chart: uPlot, seriesIdx: number): boolean {
  const values = [...chart.data[seriesIdx]!];
  return values.filter((value) => value !== null).length < values.length / 2;
}

function line(chart: uPlot, at: number, label: string, colour: string, dash: number[]): void {
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(at, "y", true)) + 0.5;
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = "left";
  ctx.textBaseline = "bottom";
  ctx.fillText(label, bbox.left + 4 * devicePixelRatio, y - 2 * devicePixelRatio);
  ctx.restore();
}
