import { useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { plainText } from "../session/plain-text.js";

/** How many earlier suggestions stay at hand. */
const shown = 3;

/** Suggestions that stepped down, newest first; a click opens one. */
export function Earlier({ session }: { session: CallSession }) {
  const [open, setOpen] = useState<string | null>(null);
  const current = session.stage.say;
  const earlier = session.record.suggestions
    .filter((each) => each.suggestionId !== current?.suggestionId && each.text !== current?.text && each.feedback !== "dismissed" && !session.isPinned(each.suggestionId))
    .slice(-shown).reverse();
  if (earlier.length === 0) return null;
  return (
    <section class="earlier" aria-labelledby="earlier-title">
      <h2 id="earlier-title" class="label">Earlier</h2>
      <ul>
        {earlier.map((each) => (
          <li key={each.suggestionId}>
            <button type="button" aria-expanded={open === each.suggestionId} onClick={() => setOpen(open === each.suggestionId ? null : each.suggestionId)}>
              {(session.isUsed(each.suggestionId) || session.isSaid(each.suggestionId)) && <span aria-label="Used">✓ </span>}{plainText(each.text)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
