import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useSize } from "../fleet/hooks.js";

interface Props {
  readonly options: Omit<uPlot.Options, "width" | "height">;
  readonly data: uPlot.AlignedData;
  /** Of the time axis, in seconds since 1970. */
  readonly range: readonly [number, number];
  readonly label: string;
  readonly class: string;
}

/** A uPlot chart that follows its place, its colours and its data. */
export function Chart({ options, data, range, label, class: name }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const { width, height } = useSize(place);
  const [from, to] = range;

  useEffect(() => {
    if (!place.current || width === 0 || height === 0) return;
    chart.current = new uPlot({ ...options, width, height, ms: 1e-3 }, data, place.current);
    chart.current.setScale("x", { min: from, max: to });
    return () => {
      chart.current?.destroy();
      chart.current = null;
    };
  }, [options, width > 0 && height > 0]);
  useEffect(() => {
    if (width > 0 && height > 0) chart.current?.setSize({ width, height });
  }, [width, height]);
  useEffect(() => {
    chart.current?.batch(() => {
      chart.current!.setData(data, false);
      chart.current!.setScale("x", { min: from, max: to });
    });
  }, [data, from, to]);

  return <div ref={place} class={`chart ${name}`} role="img" aria-label={label} />;
}
