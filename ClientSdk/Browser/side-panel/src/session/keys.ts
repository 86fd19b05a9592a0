/** What a key does. */
export type Command = "used" | "dismiss" | "pin" | "suggest" | "pause" | "swap" | "larger" | "smaller" | "large" | "keys";

/** Every key and what it does, in the order in which they are explained. */
export const bindings: readonly { readonly key: string; readonly command: Command; readonly label: string }[] = [
  { key: "Enter", command: "used", label: "I said it" },
  { key: "Esc", command: "dismiss", label: "Dismiss it" },
  { key: "P", command: "pin", label: "Pin it, or let it go" },
  { key: "S", command: "suggest", label: "Suggest something now" },
  { key: "O", command: "pause", label: "Off the record, and on again" },
  { key: "X", command: "swap", label: "Swap the speakers" },
  { key: "+", command: "larger", label: "Larger type" },
  { key: "−", command: "smaller", label: "Smaller type" },
  { key: "L", command: "large", label: "Large view for a second screen" },
  { key: "?", command: "keys", label: "All keys" },
];

const commands: Readonly<Record<string, Command>> = {
  enter: "used", escape: "dismiss", p: "pin", s: "suggest", o: "pause", x: "swap",
  "+": "larger", "=": "larger", "-": "smaller", "−": "smaller", l: "large", "?": "keys",
};

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
  readonly target: EventTarget | null;
}

/**
 * The command of a key press; null while typing in a field, with a dialog open, or where the key already means something.
 * @param overlaid A dialog or a popover is open, whose keys these are.
 */
export function commandOf(press: KeyPress, overlaid = false): Command | null {
  if (overlaid || press.ctrlKey || press.altKey || press.metaKey || press.isComposing || press.defaultPrevented) return null;
  const command = commands[press.key.toLowerCase()] ?? null;
  if (press.repeat && command !== "larger" && command !== "smaller") return null;
  const target = press.target instanceof Element ? press.target : null;
  if (target?.closest("input, textarea, select, [contenteditable]")) return null;
  if (command === "used" && target?.closest("button, a, summary")) return null;
  return command;
}
