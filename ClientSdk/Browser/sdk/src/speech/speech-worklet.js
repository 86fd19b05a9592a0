// Runs on the browser's sound thread: plays samples as they come, and counts those that were really played.
const tellEvery = 10;

class SpeechWorklet extends AudioWorkletProcessor {
  constructor() {
    super();
    [this.waiting, this.at, this.played, this.quanta] = [[], 0, 0, 0];
    this.port.onmessage = ({ data }) => {
      if (data) return this.waiting.push(data);
      [this.waiting, this.at] = [[], 0];
      this.tell(true);
    };
  }

  process(_inputs, [[out]]) {
    let to = 0;
    while (to < out.length && this.waiting.length > 0) {
      const length = Math.min(out.length - to, this.waiting[0].length - this.at);
      out.set(this.waiting[0].subarray(this.at, this.at + length), to);
      [to, this.at] = [to + length, this.at + length];
      if (this.at === this.waiting[0].length) [this.waiting, this.at] = [this.waiting.slice(1), 0];
    }
    this.played += to;
    const ranDry = to > 0 && this.waiting.length === 0;
    if (ranDry || (to > 0 && ++this.quanta % tellEvery === 0)) this.tell(false);
    return true;
  }

  tell(cleared) {
    this.port.postMessage({ played: this.played, cleared });
  }
}

registerProcessor("teleprompter-speech", SpeechWorklet);
