import { apply, newView, statusLine, type CallView } from "@teleprompter/sdk";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { alarms } from "../fleet/alarms.js";
import { clock, costOf, money, percent, seconds, short } from "../fleet/format.js";
import type { Fleet } from "../fleet/fleet.js";
import type { LeadClient } from "../fleet/lead-client.js";
import type { TurnRecord } from "../fleet/messages.js";
import { matters, merge } from "../fleet/record-words.js";
import { repShare } from "../fleet/call-rows.js";
import { Records } from "./records.js";
import { SendLine } from "./send-line.js";

interface Watched {
  readonly view: CallView | null;
  readonly records: readonly TurnRecord[];
  readonly ended: string | null;
}

/** One call: what the rep sees, and where the time of each suggestion went. */
export function CallPage({ client, fleet, callId }: { client: LeadClient; fleet: Fleet; callId: string }) {
  const { view, records, ended } = useCall(client, callId);
  const call = fleet.calls.get(callId);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") location.hash = "#/";
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const rep = call?.repName ?? view?.brief.repName ?? "Unnamed rep";
  const customer = call?.customerName ?? view?.brief.customerName ?? "unknown customer";
  const found = call ? alarms(call, fleet.atMs) : [];
  const share = call ? repShare(call) : null;
  const cost = call ? costOf(call.tokens, fleet.targets) : null;
  return (
    <div class="call-page">
      <div class="call-head">
        <a class="back" href="#/" aria-label="All calls">← All calls <kbd>Esc</kbd></a>
        <h2>{rep} <span class="quiet">with</span> {customer}{call?.company && <span class="quiet"> {call.company}</span>}</h2>
        <span class="push" />
        {call && (
          <dl class="facts">
            <div><dt>Time</dt><dd>{clock(fleet.atMs - call.startedAtMs)}</dd></div>
            <div><dt>Rep talks</dt><dd>{share === null ? "–" : percent(share)}</dd></div>
            <div><dt>Monologue</dt><dd>{clock(call.monologueMs)}</dd></div>
            <div><dt>Used / shown</dt><dd>{call.used} / {call.shown}</dd></div>
            <div><dt>Tokens</dt><dd>{short(call.tokens.in + call.tokens.out)}{cost !== null && ` · ${money(cost, fleet.targets.currency)}`}</dd></div>
          </dl>
        )}
      </div>
      <p class="call-status" role="status">
        {ended ?? (found.length > 0 ? <span class="bad">▲ {found.map((alarm) => alarm.text).join(", ")}</span>
          : view ? statusLine(view.status, { phase: "open" }).text : "Connecting to the call")}
      </p>
      <section class="tile rep-sees" aria-label="What the rep sees">
        <Screen view={view} records={records} />
        <SendLine client={client} callId={callId} rep={rep} disabled={ended !== null} />
      </section>
      <section class="tile" aria-labelledby="transcript-title">
        <h3 id="transcript-title" class="label">Transcript</h3>
        <Transcript view={view} rep={rep} customer={call?.customerName ?? view?.brief.customerName ?? "Customer"} />
      </section>
      <section class="tile" aria-labelledby="records-title">
        <h3 id="records-title" class="label">Every turn and suggestion, newest first</h3>
        <Records records={records.filter(matters)} budgetMs={fleet.targets.budgetMs} />
      </section>
    </div>
  );
}

function useCall(client: LeadClient, callId: string): Watched {
  const [watched, setWatched] = useState<Watched>({ view: null, records: [], ended: null });
  const { generation } = client;
  useEffect(() => client.watchCall(
    callId,
    ({ event, records }) => setWatched((now) => ({
      ended: null,
      view: event ? apply(now.view ?? newView(), event).view : now.view,
      records: records ? merge(now.records, records) : now.records,
    })),
    (error) => setWatched((now) => ({ ...now, ended: error ? "This call cannot be watched. It may have just ended." : "The call has ended." })),
  ), [client, callId, generation]);
  return watched;
}

function Screen({ view, records }: Pick<Watched, "view" | "records">) {
  const last = view?.recent.at(-1);
  const open = view?.suggestion;
  const text = open?.text ?? (last && last.feedback !== "dismissed" && !view?.withdrawn ? last.text : null);
  const source = open?.source ?? last?.source;
  const firstWordsMs = records.find((record) => record.recordId === last?.suggestionId)?.firstWordsMs ?? last?.latency?.serverMs ?? null;
  return (
    <>
      <div class="line">
        <h3 class="label">On the rep's screen</h3>
        {text && <span class="tag">{source === "model" ? "Model" : "Playbook"}</span>}
        <span class="push" />
        {!open && firstWordsMs !== null && <span class="number">{seconds(firstWordsMs)}</span>}
      </div>
      <p class="say-now" data-open={open ? true : undefined}>{text ?? <span class="quiet">Nothing yet.</span>}</p>
      {view?.card && (
        <div class="card-now"><b>{view.card.title}</b>{view.card.fact && <p class="quiet">{view.card.fact}</p>}</div>
      )}
    </>
  );
}

function Transcript({ view, rep, customer }: { view: CallView | null; rep: string; customer: string }) {
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  useLayoutEffect(() => {
    if (following && list.current) list.current.scrollTop = list.current.scrollHeight;
  });
  const onScroll = () => {
    const at = list.current;
    if (at) setFollowing(at.scrollHeight - at.scrollTop - at.clientHeight < 24);
  };
  return (
    <div ref={list} class="lines" role="log" aria-live="off" tabIndex={0} aria-label="Transcript" onScroll={onScroll}>
      {!view?.segments.length && <p class="quiet">Nothing has been said yet.</p>}
      {view?.segments.slice(-150).map((segment) => (
        <p key={`${segment.speaker}/${segment.segmentId}`} data-speaker={segment.speaker} data-tentative={!segment.final || undefined} dir="auto">
          <b>{segment.speaker === "rep" ? rep : customer}</b> {segment.text}
        </p>
      ))}
    </div>
  );
}
