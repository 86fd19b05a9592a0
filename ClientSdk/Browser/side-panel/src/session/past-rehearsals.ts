import { load, save } from "./storage.js";

/** What is remembered of a rehearsal in this browser: no word of it. */
export interface PastRehearsal {
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly personaId: string;
  /** The questions of its score card that had a yes. */
  readonly yes: readonly string[];
}

const key = "teleprompter.rehearsals";

/** How many are remembered. */
const most = 5;

/** Those that are remembered, oldest first. */
export function loadRehearsals(): readonly PastRehearsal[] {
  const { rehearsals } = load(localStorage, key);
  return Array.isArray(rehearsals) ? rehearsals.filter(isPast).slice(-most) : [];
}

/** Remembers one, in place of what was remembered of it before. */
export function saveRehearsal(rehearsal: PastRehearsal): void {
  save(localStorage, key, { rehearsals: [...loadRehearsals().filter((each) => each.at !== rehearsal.at), rehearsal].slice(-most) });
}

/** Forgets the one that began then. */
export function forgetRehearsal(at: string): void {
  save(localStorage, key, { rehearsals: loadRehearsals().filter((each) => each.at !== at) });
}

function isPast(value: unknown): value is PastRehearsal {
  if (typeof value !== "object" || value === null) return false;
  const { at, personaId, yes } = value as Record<string, unknown>;
  return typeof at === "string" && typeof personaId === "string" && Array.isArray(yes) && yes.every((each) => typeof each === "string");
}
