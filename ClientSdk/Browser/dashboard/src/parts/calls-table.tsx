import { memo } from "preact/compat";
import { useRef, useState } from "preact/hooks";
import { commonPlaybook, firstSort, repShare, rows, type CallRow, type Sort, type SortKey } from "../fleet/call-rows.js";
import { clock, costOf, count, money, percent, seconds, short } from "../fleet/format.js";
import type { Fleet } from "../fleet/fleet.js";
import { statusWords } from "../fleet/status-words.js";
import { useSize } from "../fleet/hooks.js";

const rowHeight = 36;

const columns: readonly (readonly [SortKey, string, string])[] = [
  ["alarm", "Status", ""],
  ["rep", "Rep", ""],
  ["customer", "Customer", ""],
  ["minutes", "Time", "number"],
  ["latency", "Last answer", "number"],
  ["talk", "Rep talks", "number"],
  ["monologue", "Monologue", "number"],
  ["shown", "Used / shown", "number"],
  ["tokens", "Tokens, cost", "number"],
];

/** Live calls, alarms first. Only the rows in sight are on the page, so that five hundred calls are as quick as five. */
export function CallsTable({ fleet }: { fleet: Fleet }) {
  const [filter, setFilter] = useState("");
  const [sort, setSort] = useState<Sort>(firstSort);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroll);
  const found = rows(fleet, filter, sort);
  const common = commonPlaybook(fleet);
  const rehearsals = [...fleet.calls.values()].filter((call) => call.rehearsesWith).length;
  const pressing = found.filter((row) => row.urgency > 0).length;

  const from = Math.max(0, Math.floor(top / rowHeight) - 4);
  const to = Math.min(found.length, Math.ceil((top + Math.max(height, 400)) / rowHeight) + 4);
  const by = (key: SortKey) => setSort(sort.key === key ? { key, descending: !sort.descending } : { key, descending: key !== "rep" && key !== "customer" });
  const move = (event: KeyboardEvent) => {
    const step = ({ ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -found.length, End: found.length } as Record<string, number>)[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(found.length - 1, Math.max(0, active + step));
    setActive(next);
    const box = scroll.current!;
    if (next * rowHeight < box.scrollTop) box.scrollTop = next * rowHeight;
    else if ((next + 2) * rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = (next + 2) * rowHeight - box.clientHeight;
    requestAnimationFrame(() => box.querySelector<HTMLElement>(`[data-row="${next}"] a`)?.focus());
  };

  return (
    <section class="tile calls-tile" aria-labelledby="calls-title">
      <div class="line">
        <h2 id="calls-title" class="label">{count(fleet.calls.size - rehearsals, "live call")}{rehearsals > 0 && ` · ${count(rehearsals, "rehearsal")}`}{pressing > 0 && <span class="bad"> · ▲ {pressing} need{pressing === 1 ? "s" : ""} a look</span>}</h2>
        <span class="push" />
        <label class="filter"><span class="unseen">Filter the calls</span>
          <input id="filter" class="field" type="search" placeholder="Filter: rep, customer, alarm ( / )" value={filter} onInput={(event) => { setFilter(event.currentTarget.value); setActive(0); }} />
        </label>
      </div>
      <div ref={scroll} class="calls-scroll" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <table aria-rowcount={found.length + 1} onKeyDown={move}>
          <thead>
            <tr>
              {columns.map(([key, label, name]) => (
                <th key={key} scope="col" class={name} aria-sort={sort.key === key ? (sort.descending ? "descending" : "ascending") : "none"}>
                  <button type="button" onClick={() => by(key)}>{label}<span aria-hidden="true">{sort.key === key ? (sort.descending ? " ↓" : " ↑") : ""}</span></button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <tr aria-hidden="true" style={{ height: `${from * rowHeight}px` }} />}
            {found.slice(from, to).map((row, at) => (
              <Row key={row.call.callId} row={row} at={from + at} active={from + at === Math.min(active, found.length - 1)} fleet={fleet} common={common} />
            ))}
            {to < found.length && <tr aria-hidden="true" style={{ height: `${(found.length - to) * rowHeight}px` }} />}
          </tbody>
        </table>
        {found.length === 0 && (
          <p class="quiet empty">{fleet.calls.size > 0 ? "No call matches the filter." : "No live calls. Open the side panel and play a sample call, and it appears here within a second."}</p>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  readonly row: CallRow;
  readonly at: number;
  readonly active: boolean;
  readonly fleet: Fleet;
  readonly common: string | null;
}

const Row = memo(function Row({ row, at, active, fleet, common }: RowProps) {
  const { call } = row;
  const share = repShare(call);
  const cost = costOf(call.tokens, fleet.targets);
  const cancelled = call.tokens.cancelledIn + call.tokens.cancelledOut;
  const mixed = call.playbookVersion !== null && common !== null && call.playbookVersion !== common;
  return (
    <tr data-row={at} aria-rowindex={at + 2} class={row.urgency > 0 ? "alarmed" : ""}>
      <td>
        {row.alarms.length > 0 ? <span class="bad" title={row.alarms.map((alarm) => alarm.text).join(", ")}>▲ {row.alarms[0]!.text}{row.alarms.length > 1 && ` +${row.alarms.length - 1}`}</span> : <span class="quiet">{statusWords(call)}</span>}
        {call.rehearsesWith && <span class="tag" title={`A rehearsal with the persona ${call.rehearsesWith}; it counts into no figure of the team`}>rehearsal</span>}
        {mixed && <span class="tag" title={`This call answers from playbook ${call.playbookVersion}, most from ${common}`}>other playbook</span>}
      </td>
      <td><a href={`#/call/${encodeURIComponent(call.callId)}`} tabIndex={active ? 0 : -1}>{call.repName ?? "Unnamed rep"}</a></td>
      <td>{call.customerName ?? <span class="quiet">unknown</span>}{call.company && <span class="quiet"> {call.company}</span>}</td>
      <td class="number">{clock(fleet.atMs - call.startedAtMs)}</td>
      <td class="number">{call.lastLatencyMs === null ? "–" : <>{call.lastSource === "playbook" && <span class="quiet">card </span>}<span class={call.lastLatencyMs > fleet.targets.budgetMs ? "bad" : ""}>{seconds(call.lastLatencyMs)}</span></>}</td>
      <td class="number">{share === null ? "–" : <><span class="meter" aria-hidden="true"><span style={{ width: `${100 * share}%` }} /></span> {percent(share)}</>}</td>
      <td class="number">{call.monologueBy === null ? "–" : <>{clock(call.monologueMs)} <span class="quiet">{call.monologueBy === "rep" ? "rep" : "cust."}</span></>}</td>
      <td class="number">{call.used} / {call.shown}</td>
      <td class="number" title={`About ${short(call.tokens.in)} tokens sent, ${short(call.tokens.out)} written, of which ${short(cancelled)} for cancelled answers`}>
        {short(call.tokens.in + call.tokens.out)}{cost !== null && <span class="quiet"> {money(cost, fleet.targets.currency)}</span>}
      </td>
    </tr>
  );
});
