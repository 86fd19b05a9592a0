import { emptyBrief, type CallBrief, type CallTicket, type RehearsalRequest } from "@teleprompter/sdk";
import { load, save } from "./storage.js";

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

/** The call of this tab, to which a reloaded page comes back. */
export interface SavedCall {
  readonly ticket: CallTicket;
  /** It was listened to. */
  readonly listened: boolean;
  /** What started it as a rehearsal; null for a call with a customer. */
  readonly rehearsal: RehearsalRequest | null;
}

/** The call of this tab. Kept as long as the gateway keeps a call. */
export function loadCall(now: number): SavedCall | null {
  const { callId, resumeToken, listened, rehearsal, savedAt } = load(sessionStorage, keys.ticket);
  if (typeof callId !== "string" || typeof resumeToken !== "string" || typeof savedAt !== "number") return null;
  if (now - savedAt >= ticketLifetimeMs) return null;
  return { ticket: { callId, resumeToken }, listened: listened === true, rehearsal: (rehearsal as RehearsalRequest | null | undefined) ?? null };
}

export function saveCall({ ticket, listened, rehearsal }: SavedCall, now: number): void {
  save(sessionStorage, keys.ticket, { ...ticket, listened, rehearsal, savedAt: now });
}

export function forgetTicket(): void {
  try {
    sessionStorage.removeItem(keys.ticket);
  } catch {
    // A browser that forbids storage kept nothing.
  }
}
