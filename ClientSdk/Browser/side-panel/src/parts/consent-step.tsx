import type { Consent, ConsentMethod, ConsentPolicy } from "@teleprompter/sdk";
import { plainText } from "../session/plain-text.js";

/** How people agree, and how it is named. */
export const consentMethods: readonly { readonly method: ConsentMethod; readonly label: string }[] = [
  { method: "spoken", label: "Spoken, on this call" },
  { method: "written", label: "In writing, before it" },
  { method: "onScreen", label: "On screen, as in the meeting's own notice" },
  { method: "other", label: "In another way" },
];

interface Props {
  readonly policy: ConsentPolicy;
  readonly method: ConsentMethod;
  readonly onMethod: (method: ConsentMethod) => void;
}

/** What must be asked before a call. The form is not sent before the box is ticked. */
export function ConsentStep({ policy, method, onMethod }: Props) {
  const all = policy.mode === "allParty";
  return (
    <fieldset class="check">
      <legend>Consent</legend>
      <p class="quiet" id="consent-why">
        {all ? "Everybody on the call must agree before anything said leaves this browser. Ask them, for example:" : "You must agree before anything said leaves this browser. To tell the others, say for example:"}
      </p>
      <blockquote dir="auto">{plainText(policy.notice)}</blockquote>
      <label class="stacked">
        <span>{all ? "How they agreed" : "How you agreed"}</span>
        <select class="field" value={method} onChange={(event) => onMethod(event.currentTarget.value as ConsentMethod)}>
          {consentMethods.map((each) => <option key={each.method} value={each.method}>{each.label}</option>)}
        </select>
      </label>
      <label class="agree">
        <input type="checkbox" required aria-describedby="consent-why" />
        <span>{all ? "Everybody on this call has agreed" : "I agree that this call is transcribed"}</span>
      </label>
      <p class="quiet">Your name, the time and the policy ({plainText(policy.version)}) are kept with the call.</p>
    </fieldset>
  );
}

/** The consent that a sent form gives; null where none is asked for. */
export function consentOf(policy: ConsentPolicy | null | undefined, method: ConsentMethod): Consent | null {
  return policy && policy.mode !== "off" ? { method, policyVersion: policy.version, everyone: policy.mode === "allParty" } : null;
}
