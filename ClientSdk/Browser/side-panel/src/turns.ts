import type { Segment, Speaker } from "@teleprompter/sdk";

/** What one speaker said without ending their turn or being answered. */
export interface Turn {
  /** Of its first segment. */
  readonly id: string;
  readonly speaker: Speaker;
  readonly segments: readonly Segment[];
}

/** The transcript as turns, oldest first. An interim of the other speaker does not break a turn that goes on. */
export function turns(segments: readonly Segment[]): readonly Turn[] {
  const all: { id: string; speaker: Speaker; segments: Segment[] }[] = [];
  for (const segment of segments) {
    const last = all.at(-1);
    if (last?.speaker === segment.speaker && !last.segments.at(-1)?.endOfTurn) last.segments.push(segment);
    else all.push({ id: `${segment.speaker} ${segment.segmentId}`, speaker: segment.speaker, segments: [segment] });
  }
  return all;
}

/** What the customer said last; null before they spoke. */
export function lastCustomerTurn(segments: readonly Segment[]): Turn | null {
  return turns(segments).findLast((turn) => turn.speaker === "customer") ?? null;
}
