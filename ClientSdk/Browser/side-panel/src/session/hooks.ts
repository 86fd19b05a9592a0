import { useEffect, useReducer, useState } from "preact/hooks";
import type { CallSession } from "./call-session.js";
import { nextFrame } from "./next-frame.js";

/**
 * Renders again when a session changes, at most once a frame: events that arrive together are seen together, so that a card's words
 * never flash by before the suggestion takes them over.
 */
export function useSession(session: CallSession): void {
  const [, render] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    let planned = false;
    const run = () => {
      planned = false;
      render();
    };
    const unsubscribe = session.subscribe(() => {
      if (planned) return;
      planned = true;
      nextFrame(run);
    });
    render();
    return unsubscribe;
  }, [session]);
}

/** Renders again every `ms` milliseconds, for what shows time passing. */
export function useTick(ms: number): void {
  const [, tick] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => tick(), ms);
    return () => clearInterval(timer);
  }, [ms]);
}

/** The value before the last change, for a moment: what leaves can fade while what comes appears. */
export function useLeaving<T>(value: T | null, key: string | null, ms: number): T | null {
  const [state, setState] = useState<{ key: string | null; value: T | null; leaving: T | null }>({ key, value, leaving: null });
  if (state.key !== key) setState({ key, value, leaving: state.value });
  else if (state.value !== value) setState({ ...state, value });
  useEffect(() => {
    if (state.leaving === null) return;
    const timer = setTimeout(() => setState((now) => ({ ...now, leaving: null })), ms);
    return () => clearTimeout(timer);
  }, [state.key]);
  return state.key === key ? state.leaving : state.value;
}
