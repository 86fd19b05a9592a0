/** Numbers of frames, of 32 ms each, and probabilities. */
export const gateTuning = {
  /** A frame this likely to be speech may begin a stretch (Silero's own threshold). */
  begins: 0.5,
  /** A frame this likely goes on with it (Silero's own: 0.15 below). */
  continues: 0.35,
  /** So many in a row begin one: a click is no word. */
  confirming: 2,
  /** So many before those go first, so that the first syllable is whole. */
  preRoll: 3,
  /** So many after the last speech still go up at once: voices fade. */
  hangOver: 1,
  /** After so many without speech the stretch is over. */
  ending: 3,
  /** What is so far below the loudest of the stretch, in decibels, has faded: the model's memory outlasts the voice. */
  fadedDb: 36,
} as const;

/** What a frame sets off: frames to send, oldest first, and whether the stretch ends with them. */
export interface GateStep<Frame> {
  readonly send: readonly Frame[];
  readonly ended: boolean;
}

/**
 * Lets speech pass and nothing else. What comes before a stretch is kept a moment and goes with it; a pause is held back until it turns out
 * to be one: if speech goes on it is sent, so that a stretch has no gap, and if not it never leaves.
 */
export class SpeechGate<Frame> {
  #kept: Frame[] = [];
  #likely = 0;
  #open = false;
  #pause = 0;
  #loudestDb = -Infinity;

  /** A stretch of speech is under way. */
  get open(): boolean {
    return this.#open;
  }

  /**
   * @param probability That the frame is speech, from 0 to 1.
   * @param levelDb How loud it is, in decibels of full scale.
   */
  push(frame: Frame, probability: number, levelDb: number): GateStep<Frame> {
    this.#kept.push(frame);
    if (!this.#open) return this.#listen(probability, levelDb);
    this.#loudestDb = Math.max(levelDb, this.#loudestDb);
    return this.#continue(probability >= gateTuning.continues && levelDb > this.#loudestDb - gateTuning.fadedDb);
  }

  /** Closes the gate, e.g. because the sound is muted; true when a stretch was under way. */
  close(): boolean {
    const was = this.#open;
    [this.#kept, this.#likely, this.#open, this.#pause] = [[], 0, false, 0];
    return was;
  }

  #listen(probability: number, levelDb: number): GateStep<Frame> {
    this.#likely = probability >= gateTuning.begins ? this.#likely + 1 : 0;
    this.#kept = this.#kept.slice(-(gateTuning.preRoll + Math.max(1, this.#likely)));
    if (this.#likely < gateTuning.confirming) return { send: [], ended: false };
    [this.#open, this.#loudestDb] = [true, levelDb];
    return { send: this.#take(), ended: false };
  }

  #continue(speech: boolean): GateStep<Frame> {
    this.#pause = speech ? 0 : this.#pause + 1;
    if (this.#pause <= gateTuning.hangOver) return { send: this.#take(), ended: false };
    if (this.#pause < gateTuning.ending) return { send: [], ended: false };
    [this.#open, this.#pause, this.#likely] = [false, 0, 0];
    return { send: [], ended: true };
  }

  #take(): readonly Frame[] {
    const frames = this.#kept;
    this.#kept = [];
    return frames;
  }
}
