import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { speakerName } from "../session/export.js";
import { plainText } from "../session/plain-text.js";
import { turns } from "../session/turns.js";
import { Words } from "./words.js";

/** How near the end counts as being there, in pixels. */
const nearPx = 24;
/** Turns on the screen; the summary has them all. */
const shownTurns = 120;

/** The transcript: quiet, and scrolling by itself unless the rep scrolled away. */
export function Transcript({ session }: { session: CallSession }) {
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const toEnd = () => list.current && (list.current.scrollTop = list.current.scrollHeight);
  useLayoutEffect(() => {
    if (following) toEnd();
  });
  const onScroll = () => {
    const at = list.current;
    if (at) setFollowing(at.scrollHeight - at.scrollTop - at.clientHeight < nearPx);
  };
  const cutIns = new Set(session.view.rehearsal?.cutOffs.map((each) => each.segmentId));
  const shown = turns(session.view.segments).slice(-shownTurns);
  return (
    <section class="transcript" aria-label="Transcript">
      <div ref={list} class="scroll" tabIndex={0} role="log" aria-live="off" aria-label="Transcript" onScroll={onScroll}>
        {shown.length === 0 && <p class="quiet">The conversation appears here.</p>}
        {shown.map((turn) => {
          const first = turn.segments[0];
          return (
            <p key={turn.id} class="turn" data-speaker={turn.speaker} dir="auto">
              <b>{first && plainText(speakerName(first, session.view))}</b> {turn.segments.some((each) => cutIns.has(each.segmentId)) && <span class="tag">Cuts in</span>} <Words segments={turn.segments} />
            </p>
          );
        })}
      </div>
      {!following && (
        <button type="button" class="latest" onClick={() => { setFollowing(true); toEnd(); }}>Latest ↓</button>
      )}
    </section>
  );
}
