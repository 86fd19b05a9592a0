import type { CallSession } from "../session/call-session.js";
import { plainText } from "../session/plain-text.js";

/** What stays until it is put away: lines from the team lead, and pinned suggestions that made room for another. */
export function Kept({ session }: { session: CallSession }) {
  const pinned = session.pinned.filter((each) => each.suggestionId !== session.stage.say?.suggestionId);
  const newest = session.nudges.at(-1);
  const told = <p class="unseen" aria-live="polite">{newest ? `${plainText(newest.from)}: ${plainText(newest.text)}` : ""}</p>;
  // A screen reader tells what changes in an element that was there before.
  if (pinned.length === 0 && !newest) return <>{told}</>;
  return (
    <>
      {told}
      <section class="kept" aria-label="Kept">
        <ul>
          {session.nudges.map((nudge) => (
            <li key={nudge.nudgeId} class="from-lead">
              <p dir="auto"><strong>{plainText(nudge.from)}</strong> {plainText(nudge.text)}</p>
              <button type="button" class="small" onClick={() => session.readNudge(nudge.nudgeId)}>Got it</button>
            </li>
          ))}
          {pinned.map((each) => (
            <li key={each.suggestionId}>
              <p dir="auto" title={plainText(each.text)}>{plainText(each.text)}</p>
              <button type="button" class="small" onClick={() => session.unpin(each.suggestionId)}>Unpin</button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
