import { useLayoutEffect } from "preact/hooks";
import type { CallSession } from "../session/call-session.js";
import { useLeaving } from "../session/hooks.js";
import { nextFrame } from "../session/next-frame.js";
import { plainText, wholeWords } from "../session/plain-text.js";
import { Key } from "./key.js";
import { LatencyBadge } from "./latency-badge.js";

/** What to say now: the largest words, in a place that is kept for them. */
export function SayNow({ session }: { session: CallSession }) {
  const { client, stage, remark, view } = session;
  const say = stage.say;
  const text = say ? plainText(say.writing ? wholeWords(say.text) : say.text) : "";
  const leaving = useLeaving(text, say?.suggestionId ?? null, 150);
  const finished = say && view.recent.find((each) => each.suggestionId === say.suggestionId);
  const { paused } = view.status;
  // Under the words, where a line is kept for it: a figure that completes while they are read moves nothing.
  const unsupported = say && say.unsupported.length > 0 ? `Check ${say.unsupported.join(", ")}: neither card, brief nor call supports it` : null;
  const from = say && say.sources.length > 0 ? `From your notes: ${say.sources.join("; ")}` : null;
  const note = paused ? "Nothing is heard or kept." : unsupported ?? remark ?? from;
  const ready = say !== null && !say.writing;

  // Told to screen readers: a finished suggestion, or why there is none; never a text that grows.
  const spoken = say?.writing ? "" : remark ?? (say ? plainText(say.text) : "");

  useLayoutEffect(() => {
    if (!say || text === "") return;
    // What a frame's own callbacks see is on the screen right after them.
    nextFrame(() => setTimeout(() => client.painted(say.suggestionId), 0));
  }, [say?.suggestionId, text === ""]);

  return (
    <section class="say" aria-labelledby="say-title" data-used={say && session.isUsed(say.suggestionId) ? true : undefined}>
      <div class="line">
        <h2 id="say-title" class="label">{paused ? "Off the record" : "Say now"}</h2>
        {say && <span class="tag">{say.source === "model" ? "Model" : "Playbook"}</span>}
        {say?.tentative && <span class="tag">Tentative</span>}
        {say && session.isSaid(say.suggestionId) && <span class="tag">Said</span>}
        <span class="push" />
        {finished?.latency && <LatencyBadge latency={finished.latency} timing={client.timing(finished.suggestionId)} />}
      </div>
      <div class="words" data-cue={(text !== "" && !paused) || undefined} data-tentative={say?.tentative || undefined} aria-busy={say?.writing ?? false}>
        {leaving !== null && leaving !== "" && <p key="leaving" class="leaving" aria-hidden="true">{leaving}</p>}
        <p key={say?.suggestionId ?? "none"} class="arriving" dir="auto">{text}</p>
        {!say && <p class="placeholder">{note ?? "When they say something your playbook answers, it appears here."}</p>}
      </div>
      <p class="remark" data-unsupported={unsupported !== null || undefined} title={unsupported ?? from ?? undefined}>{say ? note : null}</p>
      <div class="row">
        <button type="button" onClick={() => session.used()} disabled={!ready} aria-pressed={say !== null && session.isUsed(say.suggestionId)}>
          <span class="tick" aria-hidden="true">✓</span>Used <Key name="Enter" />
        </button>
        <button type="button" onClick={() => session.dismiss()} disabled={!say}>Dismiss <Key name="Esc" /></button>
        <button type="button" onClick={() => session.pin()} disabled={!ready} aria-pressed={say !== null && session.isPinned(say.suggestionId)}>
          <span class="tick" aria-hidden="true">✓</span>Pin <Key name="P" />
        </button>
      </div>
      <p class="unseen" aria-live="polite">{spoken}</p>
    </section>
  );
}
