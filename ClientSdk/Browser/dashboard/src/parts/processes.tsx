import { ago, buildOf, shortId, thousands } from "../fleet/format.js";
import type { Fleet } from "../fleet/fleet.js";
import type { ModelState } from "@teleprompter/sdk";

const modelWords: Record<ModelState, string> = { none: "no model", ready: "ready", unavailable: "▲ not answering", off: "switched off", overBudget: "▲ day's budget spent" };

/** Workers and gateways: who is there, how full, and who just left. */
export function Processes({ fleet }: { fleet: Fleet }) {
  return (
    <section class="tile processes" aria-labelledby="processes-title">
      <h2 id="processes-title" class="label">Workers</h2>
      {fleet.workers.length === 0 ? <p class="quiet">No worker is heard of. Start one: dotnet run --project InferenceWorker.</p> : (
        <table>
          <thead><tr><th scope="col">Worker, build</th><th scope="col">State</th><th scope="col" class="number">Calls</th><th scope="col">Streams</th><th scope="col">Model</th><th scope="col">Playbook</th><th scope="col" class="number">Heard</th></tr></thead>
          <tbody>
            {fleet.workers.map((worker) => (
              <tr key={worker.workerId} data-gone={worker.gone || undefined}>
                <th scope="row" title={`${worker.workerId}, version ${worker.version}`}>{shortId(worker.workerId)} <span class="quiet">{buildOf(worker.version)}</span></th>
                <td><State gone={worker.gone} draining={worker.draining} /></td>
                <td class="number">{worker.calls}</td>
                <td>{worker.load ? <Load used={worker.load.used} slots={worker.load.slots} held={worker.load.held} /> : "–"}</td>
                <td>{worker.load && !worker.gone ? modelWords[worker.load.model] : "–"}</td>
                <td title={worker.playbookVersion}>{worker.playbookVersion.slice(0, 6)}{worker.playbookErrors > 0 && ` ▲ ${worker.playbookErrors}`}</td>
                <td class="number">{ago(fleet.atMs - worker.heardAtMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2 class="label">Gateways</h2>
      <table>
        <thead><tr><th scope="col">Gateway, build</th><th scope="col">State</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Leads</th><th scope="col" class="number">Workers</th><th scope="col" class="number" title="Messages refused since it started">Refused</th><th scope="col" class="number">Heard</th></tr></thead>
        <tbody>
          {fleet.gateways.map((gateway) => (
            <tr key={gateway.gatewayId} data-gone={gateway.gone || undefined}>
              <th scope="row" title={`${gateway.gatewayId}, version ${gateway.version}`}>{shortId(gateway.gatewayId)} <span class="quiet">{buildOf(gateway.version)}</span></th>
              <td><State gone={gateway.gone} draining={gateway.draining} /></td>
              <td class="number">{gateway.calls}</td>
              <td class="number">{gateway.viewers}</td>
              <td class="number">{gateway.workers}</td>
              <td class="number">{thousands(gateway.refused)}</td>
              <td class="number">{ago(fleet.atMs - gateway.heardAtMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function State({ gone, draining }: { gone: boolean; draining: boolean }) {
  if (gone) return draining ? <span class="quiet">has left</span> : <span class="bad">▲ gone</span>;
  return draining ? <span class="worth">◐ draining</span> : <span class="fine">● alive</span>;
}

function Load({ used, slots, held }: { used: number; slots: number; held: number }) {
  return (
    <span class="load">
      <span class="meter" aria-hidden="true"><span style={{ width: `${Math.min(100, (100 * used) / Math.max(1, slots))}%` }} /></span>
      {used}/{slots}{held > 0 && <span class="bad"> +{held} held</span>}
    </span>
  );
}
