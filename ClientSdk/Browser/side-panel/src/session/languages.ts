/** Languages of calls that a rep can choose; a transcriber may know more. */
const tags = [
  "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms",
  "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
];

/** A language to choose: its tag and its name in that language. */
export interface Language {
  readonly tag: string;
  readonly name: string;
}

/** All of them, by name. */
export function listLanguages(): readonly Language[] {
  const languages = tags.map((tag) => ({ tag, name: capitalised(new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag, tag) }));
  return languages.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

const capitalised = (name: string, tag: string) => name.slice(0, 1).toLocaleUpperCase(tag) + name.slice(1);
