/** Time and timers; tests bring their own. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Runs `action` once after `ms` milliseconds. Returns what cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** The browser's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
