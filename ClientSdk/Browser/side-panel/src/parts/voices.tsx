import type { CallStatus, SourceState, Speaker } from "@teleprompter/sdk";
import { useEffect, useReducer } from "preact/hooks";
import { plainText } from "../session/plain-text.js";
import { frameSeconds, soundNotices, type Sound } from "../session/sound.js";
import { Meter } from "./meter.js";

const names: Readonly<Record<Speaker, { readonly who: string; readonly ask: string; readonly again: string; readonly meter: string }>> = {
  rep: { who: "You", ask: "Use microphone", again: "Try again", meter: "Your microphone's level" },
  customer: { who: "Customer", ask: "Share the meeting", again: "Share again", meter: "The customer's level" },
};

interface Props {
  readonly sound: Sound;
  /** Of the call; null before it, and until the gateway has answered. */
  readonly status: CallStatus | null;
  /** Frames that could not leave in time. */
  readonly unsent: number;
  /** Those whose voice there is; in a rehearsal the rep's alone. */
  readonly speakers?: readonly Speaker[];
}

/** The voices: whether they are heard, how loud, and what is wrong if something is. */
export function Voices({ sound, status, unsent, speakers = ["rep", "customer"] }: Props) {
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => sound.capture.subscribe(() => render()), [sound]);
  const { view } = sound.capture;
  const [notice] = soundNotices(view, (view.dropped + unsent) * frameSeconds, status, sound, speakers);
  return (
    <div class="voices" role="group" aria-label="Sound">
      {speakers.map((speaker) => <Voice key={speaker} sound={sound} speaker={speaker} state={view[speaker]} />)}
      <p class="notice" role="status">{notice}</p>
    </div>
  );
}

function Voice({ sound: { capture, ask }, speaker, state }: { sound: Sound; speaker: Speaker; state: SourceState }) {
  const name = names[speaker];
  if (state.phase !== "on") {
    return (
      <div class="voice" data-phase={state.phase}>
        <span class="who">{name.who}</span>
        <button type="button" class="small" disabled={state.phase === "asking"} onClick={() => void ask(speaker)}>
          {state.phase === "trouble" ? name.again : name.ask}
        </button>
      </div>
    );
  }
  return (
    <div class="voice" data-phase="on" data-muted={state.muted || undefined}>
      <span class="who" title={plainText(state.label)}>{name.who}</span>
      <Meter capture={capture} speaker={speaker} label={name.meter} />
      <button type="button" class="small" aria-pressed={state.muted} aria-label={`Mute ${speaker === "rep" ? "yourself" : "the customer"} here`} onClick={() => capture.mute(speaker, !state.muted)}>
        {state.muted ? "Muted" : "Mute"}
      </button>
    </div>
  );
}
