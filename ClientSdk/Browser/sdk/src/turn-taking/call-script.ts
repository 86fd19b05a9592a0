import type { Speaker, TranscriptSegment } from "../wire/messages.js";
import { afterSentenceMs, pauseAfter } from "./turn-end.js";

/** One turn of a sample call. Times are milliseconds from the call's start. */
export interface CallTurn {
  readonly speaker: Speaker;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A segment and when its source gives it, in milliseconds from the call's start. */
export interface TimedSegment {
  readonly atMs: number;
  readonly segment: TranscriptSegment;
}

/** A streaming recogniser's delay: a word shows this long after it began, a final comes this long after its last word. */
export const recognitionMs = 120;

/** The breath between two sentences of a turn: about what a speech synthesiser leaves. */
export const breathMs = 340;

/**
 * Expands a sample call into what a streaming recogniser would give: interim text word by word, a segment a sentence.
 * Words share the turn's time by their length. `play` makes the ids fresh, so that a call can be played twice in one connection.
 */
export function script(turns: readonly CallTurn[], play: string = crypto.randomUUID().slice(0, 8)): TimedSegment[] {
  const timed = turns.flatMap((turn, index) => speak(turn, `${play}-${index + 1}`));
  return timed.sort((left, right) => left.atMs - right.atMs);
}

function speak(turn: CallTurn, turnId: string): TimedSegment[] {
  const sentences = split(turn.text);
  const letters = sentences.flat().reduce((sum, word) => sum + word.length + 1, 0);
  const speech = turn.endMs - turn.startMs - breathMs * (sentences.length - 1);
  let spoken = 0;

  return sentences.flatMap((sentence, index) => {
    const moment = (): number => turn.startMs + breathMs * index + Math.floor((speech * spoken) / letters);
    const startMs = moment();
    const segment = (words: number, final: boolean, endMs: number): TranscriptSegment => ({
      segmentId: `${turnId}-${index + 1}`,
      speaker: turn.speaker,
      text: sentence.slice(0, words).join(" "),
      final,
      startMs,
      endMs,
    });
    const interims = sentence.map((word, position) => {
      const atMs = moment() + recognitionMs;
      spoken += word.length + 1;
      return { atMs, segment: segment(position + 1, false, moment()) };
    });
    return [...interims, { atMs: moment() + recognitionMs, segment: segment(sentence.length, true, moment()) }];
  });
}

/** The words of each sentence. The turn-end rule itself tells a sentence from an abbreviation. */
function split(text: string): string[][] {
  const sentences: string[][] = [];
  let sentence: string[] = [];
  for (const word of text.split(" ")) {
    sentence.push(word);
    if (pauseAfter(word) <= afterSentenceMs) {
      sentences.push(sentence);
      sentence = [];
    }
  }
  if (sentence.length > 0) sentences.push(sentence);
  return sentences;
}
