import { seconds } from "../fleet/format.js";
import { isWithoutModel, windowOf, type Fleet } from "../fleet/fleet.js";
import { standing, trend, turnsOf, worstCause } from "../fleet/verdict.js";
import { Shares } from "./shares.js";

/** Is it fast enough right now? */
export function Headline({ fleet }: { fleet: Fleet }) {
  const now = windowOf(fleet, 5);
  const { budgetMs, teamMs } = fleet.targets;
  // Turns that no card fits count with their age: without a model they would pass for a slow one.
  const withoutModel = isWithoutModel(fleet);
  const asked = withoutModel ? undefined : now;
  const found = standing(asked, budgetMs);
  const p95 = asked?.firstWords?.p95;
  return (
    <section class="tile headline" aria-labelledby="headline-title" data-standing={found}>
      <h2 id="headline-title" class="label">First words of the model, p95 of the last 5 minutes</h2>
      <p class="big">
        {p95 === undefined ? <span class="quiet">{asked ? "no answers" : "no model"}</span> : <>{seconds(p95).replace(" s", "")}<span class="unit"> s</span></>}
      </p>
      <p class="against">
        <strong>{found === "good" ? "✓ within" : found === "over" ? "▲ over" : "against"}</strong> the budget of {seconds(budgetMs)}
        {teamMs !== null && <>, your target is {seconds(teamMs)}</>}
      </p>
      {now && <p class="cause">{worstCause(now, withoutModel)}</p>}
      <p class="trend quiet">{trend(asked, windowOf(fleet, 60)) ?? (turnsOf(now!) === 0 ? "Start a call in the side panel, or replay one: dotnet run --project ClientSdk/Cli -- replay." : "")}</p>
      {now && <Shares answered={now.answered} />}
    </section>
  );
}
