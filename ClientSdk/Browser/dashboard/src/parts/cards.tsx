import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import { cardRows, firstCardSort, nameOf, partOf, type CardSort, type CardSortKey } from "../fleet/card-rows.js";
import { thousands } from "../fleet/format.js";
import type { CardUse } from "../fleet/messages.js";

const columns: readonly (readonly [CardSortKey, string, string])[] = [
  ["title", "Card", "What the customer brought up"],
  ["shown", "Shown", "Times it came onto a rep's screen"],
  ["said", "Said", "Suggestions on it that the rep then said, of all that were finished"],
  ["used", "Used", "Suggestions on it that the rep marked as used"],
  ["dismissed", "Dismissed", "Suggestions on it that the rep dismissed"],
  ["pinned", "Kept", "Suggestions on it that the rep keeps on the screen"],
];

interface CardsProps {
  readonly cards: readonly CardUse[];
  readonly minutes: number;
}

/** Which cards come up, and which of them help: what reps say and use of what they propose. */
export const Cards = memo(function Cards({ cards, minutes }: CardsProps) {
  const [sort, setSort] = useState<CardSort>(firstCardSort);
  const by = (key: CardSortKey) => setSort({ key, descending: sort.key === key ? !sort.descending : key !== "title" });
  return (
    <section class="tile cards" aria-labelledby="cards-title">
      <h2 id="cards-title" class="label">Cards, last {minutes} min</h2>
      {cards.length === 0 ? <p class="quiet empty">No card came up in the last {minutes} min. When a customer says what a card of the playbook is about, it appears here.</p> : (
        <>
          <p class="quiet remark">Said 3 of 8: of 8 suggestions that stand on the card, the rep then said 3, in these or similar words and without a click.</p>
          <div class="cards-scroll" tabIndex={0} role="region" aria-labelledby="cards-title">
            <table>
              <thead>
                <tr>
                  {columns.map(([key, label, meaning]) => (
                    <th key={key} scope="col" class={key === "title" ? "" : "number"} aria-sort={sort.key === key ? (sort.descending ? "descending" : "ascending") : "none"}>
                      <button type="button" title={meaning} onClick={() => by(key)}>{label}<span aria-hidden="true">{sort.key === key ? (sort.descending ? " ↓" : " ↑") : ""}</span></button>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {cardRows(cards, sort).map((card) => (
                  <tr key={card.cardId}>
                    <th scope="row" title={card.cardId}>{nameOf(card)}</th>
                    <td class="number">{thousands(card.shown)}</td>
                    <td class="number">{partOf(card.said, card)}</td>
                    <td class="number">{thousands(card.used)}</td>
                    <td class="number">{thousands(card.dismissed)}</td>
                    <td class="number">{thousands(card.pinned)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
});
