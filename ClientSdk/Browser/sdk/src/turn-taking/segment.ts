/** Who said something. */
export type Speaker = 'rep' | 'customer';

/** A stretch of speech of one speaker, as a recogniser, captions or the keyboard give it. Times are milliseconds on the call's clock. */
export interface SourceSegment {
  readonly segmentId: string;
  readonly speaker: Speaker;
  readonly text: string;
  readonly final: boolean;
  /** Whether the thought is complete; absent where level 1 is to judge. */
  readonly endOfTurn?: boolean | null;
  readonly startMs: number;
  readonly endMs: number;
}

/** A segment with level 1's judgement, ready for `SendTranscript`. */
export interface JudgedSegment extends SourceSegment {
  readonly endOfTurn: boolean;
}
