import type { LeadTargets, TokenUse } from "./messages.js";

/** "0.41 s": how long, as a rep's panel writes it. */
export function seconds(ms: number): string {
  return ms < 9_950 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(ms < 99_500 ? 1 : 0)} s`;
}

/** "412 ms", for parts of a second. */
export function milliseconds(ms: number): string {
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** "4 s", "12 min": how long ago, roughly. */
export function ago(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000));
  return s < 90 ? `${s} s` : `${Math.round(s / 60)} min`;
}

/** "12:04": minutes and seconds. */
export function clock(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const minutes = `${Math.floor((s % 3600) / 60)}`.padStart(s >= 3600 ? 2 : 1, "0");
  return `${s >= 3600 ? `${Math.floor(s / 3600)}:` : ""}${minutes}:${`${s % 60}`.padStart(2, "0")}`;
}

/** "71 %". */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 1 ? "< 1" : value > 99 && value < 100 ? "> 99" : Math.round(value)} %`;
}

/** "3 calls", "1 call". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}

/** "12,400". */
export function thousands(n: number): string {
  return n.toLocaleString("en-US");
}

/** "9.1k": for narrow columns. */
export function short(n: number): string {
  return n < 1000 ? `${n}` : n < 999_500 ? `${(n / 1000).toFixed(n < 9_950 ? 1 : 0)}k` : `${(n / 1e6).toFixed(1)}M`;
}

/** What tokens cost, cancelled ones included; null where no price is configured. */
export function costOf(tokens: TokenUse, targets: LeadTargets): number | null {
  const { inputPrice, outputPrice } = targets;
  if (inputPrice === null && outputPrice === null) return null;
  return (tokens.in * (inputPrice ?? 0) + tokens.out * (outputPrice ?? 0)) / 1e6;
}

/** "0.012 USD". */
export function money(amount: number, currency: string): string {
  return `${amount === 0 || amount >= 1 ? amount.toFixed(2) : amount >= 0.01 ? amount.toFixed(3) : amount.toFixed(4)} ${currency}`;
}

/** A long id's telling end: ids begin with the time. */
export function shortId(id: string): string {
  return id.slice(-6);
}

/** Which build: the commit where the version names one. */
export function buildOf(version: string): string {
  return version.split("+")[1]?.slice(0, 7) ?? version;
}
