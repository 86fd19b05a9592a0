/** What keeps a voice from being heard. */
export type SourceTrouble =
  /** The person, the browser or the system did not allow it. */
  | "refused"
  /** There is no such device. */
  | "missing"
  /** Another program holds the device, or it failed. */
  | "inUse"
  /** What was shared has no sound. */
  | "withoutSound"
  /** The tab was closed, or sharing it was stopped. */
  | "ended"
  /** The device was unplugged. */
  | "unplugged"
  /** The system or a switch on the device muted it; it comes back by itself. */
  | "silenced"
  /** No sound comes although it should; it is being started again. */
  | "stalled"
  /** This browser cannot. */
  | "unsupported";

/** Where one voice stands. */
export type SourceState =
  | { readonly phase: "off" | "asking" }
  | { readonly phase: "on"; readonly label: string; readonly muted: boolean }
  | { readonly phase: "trouble"; readonly trouble: SourceTrouble; readonly label: string };

/**
 * What an error of `getUserMedia` or `getDisplayMedia` means (https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia).
 */
export function troubleOf(error: unknown): SourceTrouble {
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError": return "refused";
    case "NotFoundError":
    case "OverconstrainedError": return "missing";
    case "NotReadableError":
    case "AbortError": return "inUse";
    default: return "unsupported";
  }
}
