import type { Capture, Speaker } from "@teleprompter/sdk";
import { useEffect, useRef } from "preact/hooks";

/** Between these levels a meter moves, in decibels of full scale. */
const [quietestDb, loudestDb] = [-60, -6];

/** How loud a voice is just now. It moves without the panel being drawn again. */
export function Meter({ capture, speaker, label }: { capture: Capture; speaker: Speaker; label: string }) {
  const meter = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const level = capture.levels[speaker] ?? quietestDb;
      const share = Math.min(1, Math.max(0, (level - quietestDb) / (loudestDb - quietestDb)));
      meter.current?.style.setProperty("--level", share.toFixed(2));
      meter.current?.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    }, 100);
    return () => clearInterval(timer);
  }, [capture, speaker]);
  return <span ref={meter} class="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0} />;
}
