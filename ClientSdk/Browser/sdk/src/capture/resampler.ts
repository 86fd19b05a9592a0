/** Zero crossings of the sinc on each side: more make a steeper edge. */
const crossings = 24;
/** Where the edge lies, as a share of the lower of the two Nyquist frequencies. */
const edge = 0.92;
/** Shape of the Kaiser window: its side lobes lie some 80 dB down (Kaiser and Schafer, 1980: 0.1102 (A − 8.7)). */
const beta = 7.86;

/**
 * Changes the sample rate of a stream, block by block: a Kaiser-windowed sinc in polyphase form. What lies above the new Nyquist frequency
 * is taken away before it could fold back. Sample n of the output stands for the same moment as sample n · from / to of the input.
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  /** One set of taps for each position that an output sample can have between two input samples. */
  readonly #phases: readonly Float32Array[];
  readonly #reach: number;
  #waiting = new Float32Array(0);
  #phase = 0;

  /** @param fromHz Any integral rate, e.g. 44100 or 48000. */
  constructor(fromHz: number, toHz: number) {
    const divisor = greatestCommonDivisor(fromHz, toHz);
    [this.#up, this.#down] = [toHz / divisor, fromHz / divisor];
    const cutoff = (edge * Math.min(fromHz, toHz)) / fromHz;
    const reach = Math.ceil(crossings / cutoff);
    this.#phases = Array.from({ length: this.#up }, (_, phase) => taps(cutoff, reach, phase / this.#up));
    this.#reach = reach;
    this.reset();
  }

  /** Begins anew: what comes next has nothing to do with what came before. */
  reset(): void {
    this.#phase = 0;
    // The first output sample is centred on the first input sample.
    this.#waiting = new Float32Array(this.#reach);
  }

  /** Takes the next samples; returns those that are complete, which may be none. */
  process(block: Float32Array): Float32Array {
    const input = new Float32Array(this.#waiting.length + block.length);
    input.set(this.#waiting);
    input.set(block, this.#waiting.length);
    const { length } = this.#phases[0]!;
    const output: number[] = [];
    let start = 0;
    for (; start + length <= input.length; start += this.#advance()) output.push(dot(this.#phases[this.#phase]!, input, start));
    this.#waiting = input.slice(start);
    return Float32Array.from(output);
  }

  /** Moves on by one output sample; returns by how many input samples that is. */
  #advance(): number {
    const next = this.#phase + this.#down;
    this.#phase = next % this.#up;
    return Math.floor(next / this.#up);
  }
}

function taps(cutoff: number, reach: number, fraction: number): Float32Array {
  const values = Float32Array.from({ length: 2 * reach + 1 }, (_, at) => {
    const x = at - reach - fraction;
    return cutoff * sinc(cutoff * x) * kaiser(x / (reach + 1));
  });
  const sum = values.reduce((total, each) => total + each, 0);
  return values.map((each) => each / sum);
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const kaiser = (x: number) => (Math.abs(x) > 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta));

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-9 * sum; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}

function dot(weights: Float32Array, input: Float32Array, start: number): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * input[start + at]!;
  return sum;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
