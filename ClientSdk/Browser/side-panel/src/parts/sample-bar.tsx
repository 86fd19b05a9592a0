import type { CallSession } from "../call-session.js";
import { clockTime } from "../export.js";
import { useTick } from "../hooks.js";
import { plainText } from "../plain-text.js";
import { speeds } from "../sample-player.js";

/** Plays, pauses and hurries the sample call. */
export function SampleBar({ session }: { session: CallSession }) {
  useTick(500);
  const player = session.player;
  if (!player) return null;
  return (
    <div class="sample" role="group" aria-label="Sample call">
      <div class="line">
        <span class="tag">Sample</span>
        <span class="sample-title">{plainText(session.sampleTitle ?? "")}</span>
        <span class="push" />
        <span class="elapsed">{clockTime(player.positionMs)} / {clockTime(player.lengthMs)}</span>
      </div>
      <progress max={player.lengthMs} value={player.positionMs} aria-label="Played" />
      <div class="row">
        <button type="button" disabled={player.done} onClick={() => (player.playing ? player.pause() : player.play())}>
          {player.done ? "Played" : player.playing ? "Hold" : "Play"}
        </button>
        <button type="button" onClick={() => session.end()}>{player.done ? "See the summary" : "Stop"}</button>
        <span class="push" />
        <fieldset class="switch">
          <legend class="unseen">Speed</legend>
          {speeds.map((speed) => (
            <label key={speed}>
              <input type="radio" name="speed" checked={player.speed === speed} onChange={() => player.setSpeed(speed)} />
              <span>{speed}×</span>
            </label>
          ))}
        </fieldset>
      </div>
    </div>
  );
}
