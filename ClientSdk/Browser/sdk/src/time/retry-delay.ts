const delays = [0, 500, 1000, 2000, 5000] as const;

/**
 * How long to wait before an attempt to connect, in milliseconds: 0, 0.5, 1, 2, then every 5 s, each with jitter of ±20 %, so that
 * the clients of a gateway that went away do not all return at once.
 * @param attempt 0 for the first.
 * @param random A number from 0 to 1.
 */
export function retryDelay(attempt: number, random: number): number {
  return (delays[attempt] ?? 5000) * (0.8 + 0.4 * random);
}
