import { costOf, milliseconds, money, percent, short, thousands } from "../fleet/format.js";
import { isWithoutModel, loadsOf, windowOf, type Fleet } from "../fleet/fleet.js";
import type { WindowView } from "../fleet/messages.js";
import { turnsOf } from "../fleet/verdict.js";

/** What keeps work from piling up, what came through, and what it cost. */
export function Levels({ fleet, window }: { fleet: Fleet; window: WindowView | undefined }) {
  if (!window) return null;
  const { levels, tokens, ahead: { counts, hiddenP50Ms } } = window;
  const loads = loadsOf(fleet);
  const sum = (of: "slots" | "used" | "pending" | "held") => loads.reduce((total, load) => total + load[of], 0);
  const open = loads.filter((load) => load.model === "unavailable").length;
  const cost = costOf(tokens, fleet.targets);
  const minute = windowOf(fleet, 1);
  return (
    <section class="tile levels" aria-labelledby="levels-title">
      <h2 id="levels-title" class="label">Against pile-up, last {window.minutes} min</h2>
      <dl>
        <div><dt><b>1</b> Debounced <span class="quiet">words shown, not asked about</span></dt><dd>{thousands(levels.debounced)}</dd></div>
        <div><dt><b>2</b> Coalesced <span class="quiet">answers replaced · turns that waited</span></dt><dd>{thousands(levels.replaced)} <span class="quiet">·</span> {thousands(levels.waited)}</dd></div>
        <div><dt><b>3</b> Held <span class="quiet">for a free stream · too long</span></dt><dd>{thousands(levels.held)} <span class="quiet">·</span> {thousands(levels.expired)}</dd></div>
        <div><dt>Streams <span class="quiet">in use · next · held</span></dt><dd>{sum("used")} of {sum("slots")} <span class="quiet">·</span> {sum("pending")} <span class="quiet">·</span> {sum("held")}</dd></div>
        <div><dt>Breaker <span class="quiet">open while the model fails</span></dt><dd data-bad={open > 0 || undefined}>{loads.length === 0 ? "–" : isWithoutModel(fleet) ? "no model set" : open > 0 ? `▲ open on ${open} of ${loads.length}` : "closed"}</dd></div>
        <div><dt>Throughput <span class="quiet">last minute</span></dt><dd>{thousands(minute ? turnsOf(minute) : 0)} turns/min</dd></div>
        <div><dt>Tokens, about <span class="quiet">sent · written · cancelled</span></dt><dd>{short(tokens.in)} <span class="quiet">·</span> {short(tokens.out)} <span class="quiet">·</span> {short(tokens.cancelledIn + tokens.cancelledOut)}</dd></div>
        <div><dt>Cost <span class="quiet">cancelled ones included</span></dt><dd>{cost === null ? <span class="quiet">set Lead:InputPrice</span> : money(cost, fleet.targets.currency)}</dd></div>
        <div class="wide">
          <dt>Ahead of the last word <span class="quiet">attempts · adopted · hidden, median · tokens discarded for those shown</span></dt>
          <dd>
            {thousands(counts.attempts)} <span class="quiet">·</span> {counts.attempts ? percent(counts.adopted / counts.attempts) : "–"}
            {" "}<span class="quiet">·</span> {hiddenP50Ms === null ? "–" : milliseconds(hiddenP50Ms)}
            {" "}<span class="quiet">·</span> {short(counts.discardedTokens)} <span class="quiet">for</span> {short(counts.shownTokens)}
          </dd>
        </div>
      </dl>
    </section>
  );
}
