// Runs on the browser's sound thread: hands both voices on, from the same moment on, and nothing else.
const quanta = 4;

class SoundWorklet extends AudioWorkletProcessor {
  constructor() {
    super();
    this.blocks = [];
    this.port.onmessage = ({ data }) => (this.to = data);
  }

  process(inputs) {
    this.blocks.push(inputs.map(mono));
    if (this.blocks.length < quanta) return true;
    const [rep, customer] = [0, 1].map((input) => joined(this.blocks.map((block) => block[input])));
    this.blocks = [];
    // Until the worker's door has come, nobody listens.
    this.to?.postMessage({ at: currentFrame - (quanta - 1) * 128, rep, customer }, [rep, customer].flatMap((each) => (each ? [each.buffer] : [])));
    return true;
  }
}

/** The mean of an input's channels; null where nothing is connected. */
function mono(channels) {
  if (channels.length === 0) return null;
  const sum = channels[0].slice();
  for (const channel of channels.slice(1)) for (let at = 0; at < sum.length; at++) sum[at] += channel[at];
  return channels.length === 1 ? sum : sum.map((each) => each / channels.length);
}

function joined(blocks) {
  if (blocks.includes(null)) return null;
  const whole = new Float32Array(blocks.reduce((sum, each) => sum + each.length, 0));
  blocks.reduce((at, each) => (whole.set(each, at), at + each.length), 0);
  return whole;
}

registerProcessor("teleprompter-sound", SoundWorklet);
