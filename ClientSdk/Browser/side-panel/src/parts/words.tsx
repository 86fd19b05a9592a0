import type { Segment } from "@teleprompter/sdk";
import { plainText } from "../session/plain-text.js";

/** Words of a speaker; of those that may still change, the ones that did not lately are upright, and the rest are italic and end in an ellipsis. */
export function Words({ segments }: { segments: readonly Segment[] }) {
  return (
    <>
      {segments.map((segment) =>
        segment.final
          ? <span key={segment.segmentId}>{plainText(segment.text)} </span>
          : (
            <em key={segment.segmentId} class="interim">
              {plainText(segment.text.slice(0, segment.firm ?? 0))}
              <span class="tentative">{plainText(segment.text.slice(segment.firm ?? 0)).replace(/[\s.,;:…]*$/, "…")} </span>
            </em>
          ))}
    </>
  );
}
