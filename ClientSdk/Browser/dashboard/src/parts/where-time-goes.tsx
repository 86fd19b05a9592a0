import { milliseconds, percent, seconds } from "../fleet/format.js";
import type { WindowView } from "../fleet/messages.js";
import { stagesOf, totalMs } from "../fleet/stages.js";

/** The stages of an average answer, in the order in which the time passes. */
export function WhereTimeGoes({ window }: { window: WindowView | undefined }) {
  const stages = window?.stages ? stagesOf(window.stages) : null;
  const total = stages ? totalMs(stages) : 0;
  return (
    <section class="tile stages-tile" aria-labelledby="stages-title">
      <div class="line">
        <h2 id="stages-title" class="label">Where the time goes, on average</h2>
        <span class="push" />
        {stages && <b class="number">{seconds(total)}</b>}
      </div>
      {!stages ? <p class="quiet">When the model answers, the way of its first words appears here, stage by stage.</p> : (
        <table class="waterfall">
          <thead class="unseen"><tr><th scope="col">Stage</th><th scope="col">When</th><th scope="col">Time</th><th scope="col">Share</th></tr></thead>
          <tbody>
            {stages.map((stage, at) => {
              const before = totalMs(stages.slice(0, at));
              return (
                <tr key={stage.key}>
                  <th scope="row">{stage.label}</th>
                  <td class="track"><span class={`c-${stage.key}`} style={{ marginInlineStart: `min(${percentOf(before, total)}, 100% - 2px)`, width: percentOf(stage.ms, total) }} /></td>
                  <td class="number">{milliseconds(stage.ms)}</td>
                  <td class="number quiet">{percent(stage.ms / Math.max(total, 1e-9))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

const percentOf = (part: number, whole: number) => `${(100 * part) / Math.max(whole, 1e-9)}%`;
