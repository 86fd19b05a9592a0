import { useEffect, useLayoutEffect, useReducer, useState } from "preact/hooks";
import type { LeadClient } from "./lead-client.js";

/** Renders again when the client has news. */
export function useClient(client: LeadClient): void {
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => client.subscribe(() => render()), [client]);
}

/** The part of the address after `#/`. */
export function useRoute(): string {
  const read = () => decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}

export type Theme = "system" | "light" | "dark";

const themeKey = "teleprompter.dashboard.theme";

/** The colours that were chosen, and how to choose others. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = localStorage.getItem(themeKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  });
  useLayoutEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    localStorage.setItem(themeKey, theme);
  }, [theme]);
  return [theme, setTheme];
}

/** Changes when the colours on the screen do, by choice or by the system. */
export function useScheme(theme: Theme): string {
  const query = "(prefers-color-scheme: dark)";
  const [dark, setDark] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setDark(list.matches);
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, []);
  return theme === "system" ? (dark ? "dark" : "light") : theme;
}

/** The size of an element, as it changes. */
export function useSize(ref: { readonly current: HTMLElement | null }): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}
