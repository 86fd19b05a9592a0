import type { Segment, SegmentView, Speaker } from "@teleprompter/sdk";

/** What one speaker said without a longer pause or an answer. */
export interface Turn<S extends SegmentView = Segment> {
  /** Of its first segment. */
  readonly id: string;
  readonly speaker: Speaker;
  readonly segments: readonly S[];
}

/** A silence that starts a new paragraph, in milliseconds: longer than the breath between two sentences. */
const paragraphMs = 1500;

/** The transcript as turns, oldest first; told by what a snapshot carries too, so that a reloaded page reads the same. */
export function turns<S extends SegmentView>(segments: readonly S[]): readonly Turn<S>[] {
  const all: { id: string; speaker: Speaker; segments: S[] }[] = [];
  for (const segment of segments) {
    const last = all.at(-1);
    const previous = last?.segments.at(-1);
    if (previous?.speaker === segment.speaker && segment.startMs - previous.endMs < paragraphMs) last?.segments.push(segment);
    else all.push({ id: `${segment.speaker} ${segment.segmentId}`, speaker: segment.speaker, segments: [segment] });
  }
  return all;
}

/** What the customer said last; null before they spoke. */
export function lastCustomerTurn(segments: readonly Segment[]): Turn | null {
  return turns(segments).findLast((turn) => turn.speaker === "customer") ?? null;
}
