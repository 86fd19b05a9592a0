import type { CallSession } from "../call-session.js";
import { plainText } from "../plain-text.js";

/** What stays until it is put away: lines from the team lead, and pinned suggestions that made room for another. */
export function Kept({ session }: { session: CallSession }) {
  const pinned = session.pinned.filter((each) => each.suggestionId !== session.stage.say?.suggestionId);
  if (pinned.length === 0 && session.nudges.length === 0) return null;
  return (
    <section class="kept" aria-label="Kept">
      <ul>
        {session.nudges.map((nudge) => (
          <li key={nudge.nudgeId}>
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
  );
}
