import { useEffect, useState } from "preact/hooks";
import { plainText } from "../session/plain-text.js";
import { listSampleCalls, loadSampleCall, type SampleCall } from "../session/sample-calls.js";
import type { SessionOptions, Surroundings } from "../session/session-options.js";

interface Props {
  readonly onCall: (options: SessionOptions) => void;
  readonly onBrief: () => void;
  /** Null where there is nobody to rehearse with. */
  readonly onRehearse: (() => void) | null;
  readonly gatewayChoice: Surroundings["gatewayChoice"];
}

/** What there is to do before a call: hear one first, or start one. */
export function Home({ onCall, onBrief, onRehearse, gatewayChoice }: Props) {
  const [calls, setCalls] = useState<readonly SampleCall[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    listSampleCalls().then(setCalls, () => setTrouble("The sample calls could not be loaded. You can still start a call of your own."));
  }, []);
  const play = async (call: SampleCall) => {
    try {
      const { brief, cues } = await loadSampleCall(call);
      onCall({ brief, language: "en", sample: { title: call.title, cues } });
    } catch {
      setTrouble("That call could not be loaded. Try another, or start a call of your own.");
    }
  };
  return (
    <main class="home">
      <h1>What to say next, while they are still in your ear.</h1>
      <p class="lead">Teleprompter follows your sales call and shows one thing worth saying, with the fact behind it.</p>

      <section aria-labelledby="sample-title">
        <h2 id="sample-title">Play a sample call</h2>
        <p class="quiet">Nothing to set up. Watch it, hold it, or type into it.</p>
        {trouble && <p class="trouble" role="alert">{trouble}</p>}
        <ul class="calls">
          {calls?.map((call) => (
            <li key={call.file}>
              <button type="button" onClick={() => void play(call)}>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M4.5 2.8v10.4L13 8z" fill="currentColor" /></svg>
                <span class="call-title">{plainText(call.title)}</span>
                <span class="call-kind">{plainText(call.kind)} · {minutes(call.minutes)}</span>
                <span class="call-about">{plainText(call.description)}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="own-title">
        <h2 id="own-title">Or start your own</h2>
        <p class="quiet">Say who you are talking to, then let it listen, or type what either of you says.</p>
        <div class="row">
          <button type="button" class="primary" onClick={onBrief}>Start a call</button>
          {onRehearse && <button type="button" onClick={onRehearse}>Rehearse</button>}
        </div>
        {onRehearse && <p class="quiet">Rehearse a hard one first: a buyer who asks, cuts in when you ramble, and may hang up.</p>}
      </section>
      {gatewayChoice && (
        <p class="row quiet"><span class="label">Gateway: {gatewayChoice.address()}</span> <button type="button" class="small" onClick={gatewayChoice.change}>Change</button></p>
      )}
    </main>
  );
}

const minutes = (value: number) => `${Math.max(1, Math.round(value))} min`;
