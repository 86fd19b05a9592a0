const key = "teleprompter.gateway";

/** Where the gateway runs, without a slash at the end. */
export function loadGateway(): string {
  return localStorage.getItem(key) ?? "http://localhost:5080";
}

/** @returns The address as it is kept. Throws a `TypeError` where it is none. */
export function saveGateway(address: string): string {
  const { protocol, origin } = new URL(address.trim());
  if (protocol !== "http:" && protocol !== "https:") throw new TypeError("A gateway's address begins with http:// or https://.");
  localStorage.setItem(key, origin);
  return origin;
}
