import type { Segment } from "@teleprompter/sdk";
import { plainText } from "../plain-text.js";

/** Words of a speaker; those that may still change are italic and end in an ellipsis. */
export function Words({ segments }: { segments: readonly Segment[] }) {
  return (
    <>
      {segments.map((segment) =>
        segment.final
          ? <span key={segment.segmentId}>{plainText(segment.text)} </span>
          : <em key={segment.segmentId} class="tentative">{plainText(segment.text).replace(/[\s.,;:…]*$/, "…")} </em>)}
    </>
  );
}
