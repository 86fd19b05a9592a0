/**
 * How long a silence must last after some words before the thought counts as complete: the rule of level 1, in milliseconds.
 * The twin of the C# `TurnEnd`, pinned by the same golden cases; its documentation names the sources of the numbers.
 */

import { turnWords, type TurnWords } from "./turn-words.js";

/** After a question or an exclamation: none, it asks for an answer. */
export const afterQuestionMs = 0;

/** After a sentence: a little more than the breath between two sentences of one turn. */
export const afterSentenceMs = 400;

/** After words without punctuation. */
export const afterWordsMs = 700;

/** After words that promise more ("and", "because", "um", a comma). */
export const afterPromiseMs = 1500;

/** A turn that waits ends at the latest this long after its first final segment, even while its speaker goes on. */
export const maximumWaitMs = 6000;

const questions = "?!？！؟";
const stops = ".。।";
const promises = ",:;-–—…，、：；،";
const closersAtEnd = /["'”’»)\]}」』）]+$/u;
const openersAtStart = /^["'“‘«([{]+/u;

/** The silence in milliseconds after these words at which the thought counts as complete. No language means English. */
export function pauseAfter(text: string, language?: string | null): number {
  const said = text.trimEnd().replace(closersAtEnd, "").trimEnd();
  const last = said.at(-1);
  if (last === undefined) return afterWordsMs;

  const words = turnWords(language);
  if (questions.includes(last)) return afterQuestionMs;
  if (promises.includes(last) || said.endsWith("..")) return afterPromiseMs;

  const word = lastWord(said);
  if (stops.includes(last)) return words && isAbbreviation(word.slice(0, -1), words) ? afterWordsMs : afterSentenceMs;
  return words?.promises.has(word) ? afterPromiseMs : afterWordsMs;
}

function isAbbreviation(word: string, { abbreviations }: TurnWords): boolean {
  return abbreviations.has(word) || /^\p{L}(\.\p{L})+$/u.test(word);
}

function lastWord(said: string): string {
  const start = Math.max(said.lastIndexOf(" "), said.lastIndexOf("\t"), said.lastIndexOf("\n")) + 1;
  return said.slice(start).replace(openersAtStart, "").toLowerCase().replaceAll("’", "'");
}
