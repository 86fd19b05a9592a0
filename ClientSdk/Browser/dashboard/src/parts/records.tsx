import { milliseconds, seconds } from "../fleet/format.js";
import type { TurnRecord } from "../fleet/messages.js";
import { recordWords } from "../fleet/record-words.js";
import { stagesOfRecord, totalMs } from "../fleet/stages.js";

/** The waterfall of each suggestion on one scale, with the budget; a turn without an answer shows its age. */
export function Records({ records, budgetMs }: { records: readonly TurnRecord[]; budgetMs: number }) {
  if (records.length === 0) return <p class="quiet">When the customer asks something, what became of it appears here.</p>;
  const scaleMs = Math.max(budgetMs * 1.25, ...records.map((record) => record.firstWordsMs ?? Math.min(record.ageMs, budgetMs * 4)));
  const at = (ms: number) => `${(100 * Math.min(ms, scaleMs)) / scaleMs}%`;
  return (
    <ol class="records" style={{ "--budget": at(budgetMs) }}>
      {[...records].reverse().map((record) => {
        const stages = stagesOfRecord(record);
        const hiddenMs = record.latency?.hiddenMs ?? 0;
        const told = stages.filter((stage) => stage.ms >= totalMs(stages) / 25);
        return (
          <li key={`${record.recordId}/${record.withdrawn ?? ""}`} data-bad={isBad(record, budgetMs) || undefined}>
            <div class="line">
              <time dateTime={new Date(record.atMs).toISOString()}>{new Date(record.atMs).toLocaleTimeString([], { hourCycle: "h23" })}</time>
              <span>{recordWords(record)}</span>
              <span class="push" />
              <b class="number">{record.firstWordsMs !== null ? seconds(record.firstWordsMs) : record.outcome === "expired" || record.outcome === "failed" ? `${seconds(record.ageMs)} waited` : ""}</b>
            </div>
            {hiddenMs > 0 && <div class="beside" aria-hidden="true"><span class="c-hidden" style={{ width: at(hiddenMs) }} /></div>}
            {(stages.length > 0 || record.withdrawn !== null || record.outcome === "expired" || record.outcome === "failed") && (
              <div class="way" title={stages.map((stage) => `${stage.label} ${milliseconds(stage.ms)}`).join(", ")}>
                {stages.length > 0
                  ? stages.map((stage) => stage.ms > 0 && <span key={stage.key} class={`c-${stage.key}`} style={{ width: at(stage.ms) }} />)
                  : <span class="c-lost" style={{ width: at(record.firstWordsMs ?? record.ageMs) }} />}
              </div>
            )}
            {told.length > 0 && (
              <p class="record-stages">
                {told.map((stage) => <span key={stage.key}><span class={`swatch c-${stage.key}`} aria-hidden="true" />{stage.label} {milliseconds(stage.ms)}</span>)}
                {hiddenMs > 0 && <span><span class="swatch c-hidden" aria-hidden="true" />while they spoke {milliseconds(hiddenMs)}, not in the sum</span>}
                {record.networkMs === null && <span>panel's part not measured</span>}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function isBad(record: TurnRecord, budgetMs: number): boolean {
  return record.outcome === "expired" || record.outcome === "failed" || (record.source === "model" && (record.firstWordsMs ?? 0) > budgetMs);
}
