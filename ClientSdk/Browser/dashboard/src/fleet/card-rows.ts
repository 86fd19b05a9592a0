import type { CardUse } from "./messages.js";

export type CardSortKey = "title" | "shown" | "said" | "used" | "dismissed" | "pinned";

export interface CardSort {
  readonly key: CardSortKey;
  readonly descending: boolean;
}

/** The most shown first. */
export const firstCardSort: CardSort = { key: "shown", descending: true };

/** A card's name. */
export function nameOf({ cardId, title }: CardUse): string {
  return title ?? (cardId || "Without a card");
}

/** "3 of 8": a part of the suggestions, never without how many there were. */
export function partOf(n: number, { suggested }: CardUse): string {
  return suggested === 0 ? "–" : `${n} of ${suggested}`;
}

/** The cards, sorted; among equals the most shown first. */
export function cardRows(cards: readonly CardUse[], { key, descending }: CardSort): readonly CardUse[] {
  const by = value[key];
  const sign = descending ? -1 : 1;
  return [...cards].sort((a, b) => sign * compare(by(a), by(b)) || b.shown - a.shown || compare(nameOf(a), nameOf(b)));
}

/** By the part where there is one: said 3 of 4 comes before said 5 of 50. */
const value: Record<CardSortKey, (card: CardUse) => number | string> = {
  title: (card) => nameOf(card).toLowerCase(),
  shown: (card) => card.shown,
  said: (card) => (card.suggested === 0 ? -1 : card.said / card.suggested),
  used: (card) => card.used,
  dismissed: (card) => card.dismissed,
  pinned: (card) => card.pinned,
};

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
