import type { RehearsalRequest } from "@teleprompter/sdk";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { ScoreCardView } from "../parts/score-card.js";
import { cards, fate, suggestions, transcript, unanswered, usedSuggestions } from "../session/call-record.js";
import type { CallSession } from "../session/call-session.js";
import { clockTime, consentLine, fileName, findings, hangUpLine, speakerName, talkLine, title, toJson, toMarkdown } from "../session/export.js";
import { DeleteCall } from "../parts/delete-call.js";
import { plainText } from "../session/plain-text.js";
import { turnId } from "../session/score-words.js";
import { turns } from "../session/turns.js";

interface Props {
  readonly session: CallSession;
  readonly onDone: () => void;
  /** Starts the same rehearsal again. */
  readonly onAgain?: (rehearsal: RehearsalRequest) => void;
  /** Prepares a rehearsal of objections; null where there is nobody to rehearse with. */
  readonly onRehearse?: ((objections: readonly string[]) => void) | null;
}

/** What is left of a call: what came up, what was said of what was suggested, and every word, to copy or to keep. */
export function Summary({ session, onDone, onAgain, onRehearse }: Props) {
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    // The report may have come before this effect ran.
    redraw();
    return session.subscribe(() => redraw());
  }, [session]);
  const { record } = session;
  const hungUp = hangUpLine(record);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The field in which the rep was typing is gone.
    if (hungUp) heading.current?.focus();
  }, []);
  const { report } = record;
  const [copied, setCopied] = useState<string | null>(null);
  const cameUp = cards(record);
  const used = usedSuggestions(record);
  const said = transcript(record);
  const saidTurns = turns(said);
  const { rehearsal } = session;
  const left = rehearsal ? [] : unanswered(record);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(toMarkdown(record));
      setCopied("Copied");
    } catch {
      setCopied("The browser did not allow copying. Download it instead.");
    }
  };
  return (
    <main class="summary">
      <h1 ref={heading} tabIndex={-1} aria-describedby="hung-up">{title(record)}</h1>
      {hungUp && <p id="hung-up" dir="auto">{hungUp}</p>}
      {session.unsaid && <p class="unsaid" dir="auto">You were typing, and it was not said: “{plainText(session.unsaid)}”</p>}
      <p class="quiet">
        {clockTime(said.at(-1)?.endMs ?? 0)} long{!rehearsal?.testMe && <> · {count(cameUp.length, "topic")} · {used.length} of {count(suggestions(record).length, "suggestion")} used</>}
      </p>
      {report && !rehearsal && talkLine(report.talk) && <p class="quiet">{talkLine(report.talk)}</p>}
      {report?.consent && <p class="quiet">{consentLine(report.consent)}</p>}
      {rehearsal && onAgain && <div class="row"><button type="button" class="primary" onClick={() => onAgain(rehearsal)}>Rehearse again</button></div>}
      <div class="row">
        <button type="button" class={rehearsal ? "" : "primary"} onClick={() => void copy()}>Copy</button>
        <button type="button" onClick={() => download(fileName(record, "md"), "text/markdown", toMarkdown(record))}>Download Markdown</button>
        <button type="button" onClick={() => download(fileName(record, "json"), "application/json", toJson(record))}>JSON</button>
        <span class="push" />
        <button type="button" onClick={onDone}>Done</button>
      </div>
      <p class="remark" role="status">{copied}</p>

      {report?.scoreCard && <ScoreCardView card={report.scoreCard} cutOffs={record.rehearsal?.cutOffs ?? []} past={session.pastRehearsals} turns={saidTurns} />}
      {report?.summary && (
        <section aria-labelledby="findings" aria-busy={report.summaryPending}>
          <h2 id="findings">Summary</h2>
          <div class="findings">
            {findings(report.summary).map(({ title, items }) => (
              <div key={title}>
                <h3>{title}</h3>
                <ul class="plain">{items.map((item) => <li key={item} dir="auto">{plainText(item)}</li>)}</ul>
              </div>
            ))}
          </div>
          {findings(report.summary).length === 0 && !report.summaryPending && <p class="quiet">Nothing to note.</p>}
          {report.summaryPending ? <p class="quiet" role="status">The model is writing a better one.</p>
            : report.summary.source === "cues" && findings(report.summary).length > 0 && <p class="quiet">Sentences of the call, word for word.</p>}
        </section>
      )}
      {!rehearsal?.testMe && (
        <>
          <section aria-labelledby="came-up">
            <h2 id="came-up">What came up</h2>
            {cameUp.length === 0 && <p class="quiet">Nothing that your playbook has a card for.</p>}
            <ul class="plain">
              {cameUp.map((card) => (
                <li key={card.cardId}>
                  <strong>{plainText(card.title)}</strong> <Fate of={card.fate} />
                  {card.fact && <p class="fact" dir="auto"><span>Fact</span> {plainText(card.fact)}</p>}
                  {card.source && <p class="source" dir="auto"><span>Source</span> {plainText(card.source)}</p>}
                </li>
              ))}
            </ul>
            {left.length > 0 && onRehearse && (
              <>
                <p class="quiet">{left.length} of {count(cameUp.length, "topic")} went unanswered: you neither said nor used what was suggested.</p>
                <button type="button" onClick={() => onRehearse(left)}>Rehearse what went wrong</button>
              </>
            )}
          </section>
          <section aria-labelledby="used">
            <h2 id="used">Suggestions used</h2>
            {used.length === 0 && <p class="quiet">None. One counts when you say it, or press Enter.</p>}
            <ul class="plain">{used.map((each) => <li key={each.suggestionId}>{plainText(each.text)} <Fate of={fate(record, each)} /></li>)}</ul>
          </section>
        </>
      )}
      <section aria-labelledby="said">
        <h2 id="said">Transcript</h2>
        {said.length === 0 && <p class="quiet">Nothing was said.</p>}
        <ol class="said">
          {saidTurns.map(({ id, segments: [first, ...more] }) => first && (
            <li key={id} id={turnId(first)} tabIndex={-1}>
              <time>{clockTime(first.startMs)}</time>
              <p dir="auto"><b>{plainText(speakerName(first, record))}</b> {[first, ...more].map((each) => plainText(each.text)).join(" ")}</p>
            </li>
          ))}
        </ol>
      </section>
      <DeleteCall session={session} />
    </main>
  );
}

const Fate = ({ of }: { of: ReturnType<typeof fate> }) => of && <span class="tag">{of === "said" ? "Said" : "Used"}</span>;

const count = (value: number, noun: string) => `${value} ${noun}${value === 1 ? "" : "s"}`;

function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The download has read its blob by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
