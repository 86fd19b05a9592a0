import { channelsReversed, type ReversedSign } from "@teleprompter/sdk";
import type { CallSession } from "../session/call-session.js";

const reasons: Readonly<Record<ReversedSign, string>> = {
  namedOtherwise: "You and the customer seem to be the wrong way round: a name says so.",
  greetsAsSeller: "You and the customer seem to be the wrong way round.",
  microphoneOnly: "Only one voice is heard, as yours. Is it the customer's?",
};

/** Offers to swap the speakers where the channels seem reversed; once a call. */
export function SwapOffer({ session }: { session: CallSession }) {
  const sign = session.swapAnswered ? null : channelsReversed(session.view.segments, session.view.brief);
  // Who types is not missing a voice.
  if (!sign || (sign === "microphoneOnly" && session.sound?.capture.view.rep.phase !== "on")) return null;
  return (
    <div class="offer" role="status">
      <p>{reasons[sign]}</p>
      <button type="button" class="small" onClick={() => session.answerSwap(true)}>Swap them</button>
      <button type="button" class="small" onClick={() => session.answerSwap(false)}>They are right</button>
    </div>
  );
}
