import type { CallSession } from "../session/call-session.js";
import { clockTime } from "../session/export.js";
import { useTick } from "../session/hooks.js";
import { plainText } from "../session/plain-text.js";
import { speeds } from "../session/sample-player.js";

/** Plays, pauses and hurries the sample call. */
export function SampleBar({ session }: { session: CallSession }) {
  useTick(500);
  const player = session.player;
  if (!player) return null;
  return (
    <div class="sample" role="group" aria-label="Sample call">
      <progress max={player.lengthMs} value={player.positionMs} aria-label="Played" />
      <div class="line">
        {player.done
          ? <button type="button" onClick={() => session.end()}>See the summary</button>
          : <button type="button" onClick={() => (player.playing ? player.pause() : player.play())}>{player.playing ? "Hold" : "Play"}</button>}
        <span class="sample-title" title={plainText(session.sampleTitle ?? "")}>{plainText(session.sampleTitle ?? "")}</span>
        {!player.done && <span class="elapsed">{clockTime(player.positionMs)} / {clockTime(player.lengthMs)}</span>}
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
