import { percent, thousands } from "../fleet/format.js";
import type { TurnShares } from "../fleet/messages.js";

const kinds = [
  ["model", "Model"],
  ["playbook", "Playbook only"],
  ["nobody", "Not at all"],
] as const;

/** Who answered, always beside how fast: a fleet that refuses everything is fast. */
export function Shares({ answered }: { answered: TurnShares }) {
  const turns = answered.model + answered.playbook + answered.nobody;
  return (
    <div class="shares">
      <div class="bar" aria-hidden="true">
        {kinds.map(([key]) => answered[key] > 0 && <span key={key} class={`c-${key}`} style={{ flexGrow: answered[key] }} />)}
      </div>
      <dl>
        {kinds.map(([key, label]) => (
          <div key={key}>
            <dt><span class={`swatch c-${key}`} aria-hidden="true" />{label}</dt>
            <dd>{turns === 0 ? "–" : percent(answered[key] / turns)} <span class="quiet">{thousands(answered[key])}</span></dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
