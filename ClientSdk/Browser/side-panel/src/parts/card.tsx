import { plainText } from "../plain-text.js";
import type { Stage } from "../stage.js";

/** The card that the suggestion stands on. Where the suggestion speaks the card's own words, they are shown once: as the suggestion. */
export function Card({ stage }: { stage: Stage }) {
  const { card, say } = stage;
  const spoken = card !== null && say?.source === "playbook" && say.cardId === card.cardId;
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
