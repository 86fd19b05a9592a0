import type { CutOff, ScoreCard, SegmentView } from "@teleprompter/sdk";
import { clockTime } from "../session/export.js";
import type { PastRehearsal } from "../session/past-rehearsals.js";
import { plainText } from "../session/plain-text.js";
import { momentId, questionLabel, yesLine } from "../session/score-words.js";
import type { Turn } from "../session/turns.js";

interface Props {
  readonly card: ScoreCard;
  readonly cutOffs: readonly CutOff[];
  /** The rep's rehearsals before this one, oldest first. */
  readonly past: readonly PastRehearsal[];
  readonly turns: readonly Turn<SegmentView>[];
}

/** What a rehearsal showed: each check with what it rests on, and how it went before. */
export function ScoreCardView({ card: { checks }, cutOffs, past, turns }: Props) {
  const before = past.map(({ yes }) => checks.filter(({ question }) => yes.includes(question)).length);
  return (
    <section class="score" aria-labelledby="score-title">
      <h2 id="score-title">Score card</h2>
      <p class="quiet">{yesLine(checks)}{before.length > 0 && ` · before: ${before.join(", ")}`}</p>
      <ul class="checks">
        {checks.map((check) => (
          <li key={check.question} data-passed={check.passed || undefined}>
            <Mark yes={check.passed} />
            <div>
              <strong>{questionLabel(check)}</strong>
              <p dir="auto">{plainText(check.because)} {check.atMs !== null && <Moment atMs={check.atMs} turns={turns} />}</p>
            </div>
            {past.length > 0 && (
              <p class="past" role="img" aria-label={`Before: ${past.map(({ yes }) => (yes.includes(check.question) ? "yes" : "no")).join(", ")}`}>
                {past.map(({ at, yes }) => <Mark key={at} yes={yes.includes(check.question)} />)}
              </p>
            )}
          </li>
        ))}
      </ul>
      {cutOffs.length > 0 && (
        <>
          <h3>Interruptions</h3>
          <ul class="plain">
            {cutOffs.map(({ segmentId, why, atMs, hangsUp }) => (
              <li key={segmentId}><Moment atMs={atMs} turns={turns} /> {plainText(why)}{hangsUp && " They hung up."}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** A yes and a no differ in shape, not in colour alone. */
function Mark({ yes }: { yes: boolean }) {
  return (
    <svg class="mark" data-yes={yes || undefined} viewBox="0 0 16 16" width="16" height="16" role="img" aria-label={yes ? "Yes" : "No"}>
      {yes ? <path d="M2.5 8.5 6.5 12.5 13.5 4" fill="none" stroke="currentColor" stroke-width="2.2" /> : <path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="2.2" />}
    </svg>
  );
}

/** A moment of the call, which leads to what was said then. */
function Moment({ atMs, turns }: { atMs: number; turns: Props["turns"] }) {
  const id = momentId(atMs, turns);
  return id ? <a href={`#${id}`}><time>{clockTime(atMs)}</time></a> : <time>{clockTime(atMs)}</time>;
}
