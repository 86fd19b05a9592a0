import type { SuggestionLatency, Timing } from "@teleprompter/sdk";
import { useId, useRef } from "preact/hooks";

interface Stage {
  readonly label: string;
  readonly ms: number;
}

/** Every stage between the end of the customer's speech and the first words on the screen. */
export function stages(latency: SuggestionLatency, timing: Timing): readonly Stage[] {
  return [
    { label: "End of turn", ms: latency.turnMs },
    { label: "Between servers", ms: latency.busMs },
    { label: "Earlier suggestion", ms: latency.coalesceMs },
    { label: "Waiting for a model", ms: latency.heldMs },
    { label: "Playbook and context", ms: latency.contextMs },
    { label: "Model's first words", ms: latency.firstTokenMs },
    ...(timing.networkMs === null ? [] : [{ label: "Network", ms: timing.networkMs }]),
    ...(timing.renderMs === null ? [] : [{ label: "On the screen", ms: timing.renderMs }]),
  ];
}

/** How long the first words took; its stages on a click. */
export function LatencyBadge({ latency, timing }: { latency: SuggestionLatency; timing: Timing }) {
  const id = useId();
  const badge = useRef<HTMLButtonElement>(null);
  const rows = stages(latency, timing);
  const totalMs = rows.reduce((sum, row) => sum + row.ms, 0);
  const place = (event: Event) => {
    const box = badge.current?.getBoundingClientRect();
    const table = event.currentTarget as HTMLElement;
    if (!box) return;
    table.style.top = `${box.bottom + 6}px`;
    table.style.right = `${Math.max(8, document.documentElement.clientWidth - box.right)}px`;
  };
  return (
    <>
      <button ref={badge} type="button" class="badge" popovertarget={id} title="Where the time went">
        {seconds(totalMs)}
      </button>
      <div id={id} popover="auto" class="stages" onBeforeToggle={place}>
        <table>
          <caption>{timing.renderMs === null ? "The gateway's part: this page did not see it arrive" : "From their last word to the first words here"}</caption>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label} data-zero={row.ms < 0.05 || undefined}>
                <th scope="row">{row.label}</th>
                <td>{milliseconds(row.ms)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All of it</th>
              <td>{milliseconds(totalMs)}</td>
            </tr>
            {latency.hiddenMs ? (
              <tr class="beside">
                <th scope="row">While they spoke, in no sum</th>
                <td>{milliseconds(latency.hiddenMs)}</td>
              </tr>
            ) : null}
          </tfoot>
        </table>
      </div>
    </>
  );
}

const seconds = (ms: number) => (ms < 10 ? "< 0.01 s" : `${(ms / 1000).toFixed(2)} s`);
const milliseconds = (ms: number) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
