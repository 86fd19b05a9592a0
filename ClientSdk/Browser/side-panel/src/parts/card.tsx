import type { CallSession } from "../session/call-session.js";
import { plainText } from "../session/plain-text.js";

/**
 * The card that the suggestion stands on. Where a suggestion speaks the card's own words, they are shown once, as the suggestion;
 * words that the rep dismissed do not come back through the card.
 */
export function Card({ session }: { session: CallSession }) {
  const { card, say } = session.stage;
  const last = session.view.recent.findLast((each) => each.source === "playbook" && each.cardId === card?.cardId);
  const spoken = card !== null && ((say?.source === "playbook" && say.cardId === card.cardId) || last?.feedback === "dismissed");
  return (
    <section class="card" aria-labelledby="card-title">
      {card ? (
        <>
          <h2 id="card-title" dir="auto">{plainText(card.title)}</h2>
          {!spoken && <p class="card-text" dir="auto">{plainText(card.text)}</p>}
          {card.fact && <p class="fact" dir="auto"><span>Fact</span> {plainText(card.fact)}</p>}
          {card.source && <p class="source" dir="auto"><span>Source</span> {plainText(card.source)}</p>}
        </>
      ) : (
        <h2 id="card-title" class="quiet">No card yet</h2>
      )}
    </section>
  );
}
