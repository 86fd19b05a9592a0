import { readPersonas, type PersonaView } from "@teleprompter/sdk";
import { useEffect, useState } from "preact/hooks";
import type { Surroundings } from "./session-options.js";

/** The buyers to rehearse with: read when the panel opens, when `again` or the sign-in changes. None until they are known, and where there are none. */
export function usePersonas(surroundings: Surroundings, again: unknown): readonly PersonaView[] {
  const [personas, setPersonas] = useState<readonly PersonaView[]>([]);
  useEffect(() => {
    const read = surroundings.readPersonas ?? (() => readPersonas(surroundings.gateway));
    const ask = () => void read().then(setPersonas, () => {});
    ask();
    return surroundings.ownSignIn?.subscribe(ask);
  }, [surroundings, again]);
  return personas;
}
