/** The browser's own voices, where no speech server speaks. */
export interface BrowserVoice {
  /** There are voices; a browser may load them a moment after the page. */
  readonly available: boolean;
  speak(text: string): void;
  cancel(): void;
}

/** @returns null where the browser cannot speak. */
export function browserVoice(synthesis: SpeechSynthesis | undefined = globalThis.speechSynthesis): BrowserVoice | null {
  if (!synthesis || typeof SpeechSynthesisUtterance === "undefined") return null;
  return {
    get available() {
      return synthesis.getVoices().length > 0;
    },
    speak: (text) => {
      const utterance = new SpeechSynthesisUtterance(text);
      // Personas are English so far.
      utterance.lang = "en";
      synthesis.speak(utterance);
    },
    cancel: () => synthesis.cancel(),
  };
}
