import { readConsentPolicy, type Consent, type ConsentPolicy } from "@teleprompter/sdk";
import { useEffect, useState } from "preact/hooks";
import type { Surroundings } from "./session-options.js";

/**
 * What must be asked before a call: read when the panel opens, and again when `again` changes. Undefined while it is not known; null where
 * the gateway did not tell: it takes nothing then that it needs consent to.
 */
export function useConsentPolicy(surroundings: Surroundings, again: unknown): ConsentPolicy | null | undefined {
  const [policy, setPolicy] = useState<ConsentPolicy | null | undefined>(undefined);
  useEffect(() => {
    const read = surroundings.readPolicy ?? (() => readConsentPolicy(surroundings.gateway));
    read().then(setPolicy, () => setPolicy((known) => known ?? null));
  }, [surroundings, again]);
  return policy;
}

/** The consent to a call that is played: nobody is on it. Null where none is needed. */
export function simulated(policy: ConsentPolicy | null | undefined): Consent | null {
  return policy && policy.mode !== "off" ? { method: "simulated", policyVersion: policy.version, everyone: true } : null;
}
