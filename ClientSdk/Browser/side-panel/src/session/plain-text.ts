// Controls, and the marks that reorder text around them (bidirectional overrides, embeddings and isolates). Joiners stay: some scripts need them.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/g;

/** Text as it may be shown: nothing in it can hide words or turn them round. */
export function plainText(text: string): string {
  return text.replace(unsafe, (run) => (/[\t\n\r\u2028\u2029]/.test(run) ? " " : ""));
}

/**
 * What of a growing text is shown: a word that is still being written waits, so that no word jumps to the next line as it grows.
 * The first word never waits.
 */
export function wholeWords(text: string): string {
  const end = text.search(/\s\S*$/);
  return end <= 0 ? text : text.slice(0, end);
}
