import type { Preferences, Theme } from "../session/preferences.js";

const nextTheme: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const themeName: Readonly<Record<Theme, string>> = { system: "as the system", light: "light", dark: "dark" };

/** How the panel looks: light or dark, and during a call the large view. */
export function ViewButtons({ preferences, inCall, onChange }: { preferences: Preferences; inCall: boolean; onChange: (next: Preferences) => void }) {
  const { theme, large } = preferences;
  const themeLabel = `Colours: ${themeName[theme]}. Change to ${themeName[nextTheme[theme]]}`;
  return (
    <>
      {inCall && (
        <button type="button" class="icon" aria-pressed={large} title="Large view (L)" aria-label="Large view" onClick={() => onChange({ ...preferences, large: !large })}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M1.5 3.5h9M6 3.5v10M9.5 8.5h5M12 8.5v5" fill="none" stroke="currentColor" stroke-width="1.6" /></svg>
        </button>
      )}
      <button type="button" class="icon" title={themeLabel} aria-label={themeLabel} onClick={() => onChange({ ...preferences, theme: nextTheme[theme] })}>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="5.5" fill={theme === "dark" ? "currentColor" : "none"} stroke="currentColor" stroke-width="1.6" />
          {theme === "system" && <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />}
        </svg>
      </button>
    </>
  );
}
