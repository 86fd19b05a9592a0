import { emptyBrief, type CallBrief, type CallTicket } from "@teleprompter/sdk";

export type Theme = "system" | "light" | "dark";

/** How the panel looks; remembered in this browser. */
export interface Preferences {
  readonly theme: Theme;
  /** Steps of type size, from -2 to 4; 0 is the usual one. */
  readonly typeStep: number;
  readonly large: boolean;
}

export const defaultPreferences: Preferences = { theme: "system", typeStep: 0, large: false };

const keys = {
  preferences: "teleprompter.preferences", brief: "teleprompter.brief", language: "teleprompter.language", ticket: "teleprompter.call",
} as const;
const ticketLifetimeMs = 30 * 60_000;

/** What the rep chose as the language of calls; empty for the gateway's default. */
export function loadLanguage(): string {
  const { language } = load(localStorage, keys.language);
  return typeof language === "string" ? language : "";
}

export function saveLanguage(language: string): void {
  save(localStorage, keys.language, { language });
}

export function loadPreferences(): Preferences {
  const saved = load(localStorage, keys.preferences);
  const theme = saved["theme"] === "light" || saved["theme"] === "dark" ? saved["theme"] : "system";
  return { theme, typeStep: clampStep(Number(saved["typeStep"] ?? 0)), large: saved["large"] === true };
}

export function savePreferences(preferences: Preferences): void {
  save(localStorage, keys.preferences, preferences);
}

export function clampStep(step: number): number {
  return Number.isFinite(step) ? Math.min(4, Math.max(-2, Math.round(step))) : 0;
}

export function loadBrief(): CallBrief {
  return toBrief(load(localStorage, keys.brief));
}

export function saveBrief(brief: CallBrief): void {
  save(localStorage, keys.brief, brief);
}

/** The brief that any object describes: text fields of known names, within the limits of the wire; everything else is left out. */
export function toBrief(value: unknown): CallBrief {
  const source: Record<string, unknown> = typeof value === "object" && value !== null ? { ...value } : {};
  const field = (name: keyof CallBrief) => {
    const text = source[name];
    // The wire refuses control characters; notes keep their lines.
    const clean = typeof text === "string" ? text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, " ").trim() : "";
    return clean === "" ? null : clean.slice(0, name === "notes" ? 4000 : 200);
  };
  return Object.fromEntries(Object.keys(emptyBrief).map((name) => [name, field(name as keyof CallBrief)])) as unknown as CallBrief;
}

/** The call of this tab, so that a reloaded page comes back to it, and whether it was listened to. Kept as long as the gateway keeps a call. */
export function loadTicket(now: number): { readonly ticket: CallTicket; readonly listened: boolean } | null {
  const { callId, resumeToken, listened, savedAt } = load(sessionStorage, keys.ticket);
  if (typeof callId !== "string" || typeof resumeToken !== "string" || typeof savedAt !== "number") return null;
  return now - savedAt < ticketLifetimeMs ? { ticket: { callId, resumeToken }, listened: listened === true } : null;
}

export function saveTicket(ticket: CallTicket, listened: boolean, now: number): void {
  save(sessionStorage, keys.ticket, { ...ticket, listened, savedAt: now });
}

export function forgetTicket(): void {
  try {
    sessionStorage.removeItem(keys.ticket);
  } catch {
    // Storage is a convenience; a browser that forbids it loses only that.
  }
}

function load(storage: Storage, key: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function save(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // As above.
  }
}
