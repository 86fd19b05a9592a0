import type { Segment } from "@teleprompter/sdk";
import { lastCustomerTurn } from "../session/turns.js";
import { Words } from "./words.js";

/** What the customer just said. */
export function Heard({ segments, name }: { segments: readonly Segment[]; name: string | null }) {
  const turn = lastCustomerTurn(segments);
  return (
    <section class="heard" aria-labelledby="heard-title">
      <h2 id="heard-title" class="label">{name ? `${name} just said` : "They just said"}</h2>
      <p dir="auto"><span>{turn ? <Words segments={turn.segments} /> : <span class="quiet">Nothing yet</span>}</span></p>
    </section>
  );
}
