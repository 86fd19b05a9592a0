import type { SpeechOutput } from "../../src/speech/speech-output.js";

/** A loudspeaker that a test lets play. */
export class FakeOutput implements SpeechOutput {
  readonly stream = null;
  waiting = 0;
  played = 0;
  closed = false;
  cleared = 0;
  onPlayed: (played: number, cleared: boolean) => void = () => {};

  play(samples: Float32Array): void {
    this.waiting += samples.length;
  }

  clear(): void {
    this.cleared++;
    this.waiting = 0;
    this.onPlayed(this.played, true);
  }

  close(): void {
    this.closed = true;
  }

  /** Plays as much of what waits as fits. */
  run(ms: number): void {
    const samples = Math.min(this.waiting, ms * 24);
    this.waiting -= samples;
    this.played += samples;
    this.onPlayed(this.played, false);
  }
}
