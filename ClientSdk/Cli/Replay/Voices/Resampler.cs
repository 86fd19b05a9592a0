using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>
/// Turns samples of any rate into 16 kHz: band-limited interpolation with a Kaiser-windowed sinc (Smith, "Digital Audio Resampling",
/// CCRMA), computed once for each of the phases that the two rates have. Of faster rates it passes what lies below 7 kHz; what lies above
/// 8.3 kHz is 80 dB down.
/// </summary>
/// <param name="fromRate">Samples a second that come in.</param>
sealed class Resampler(int fromRate)
{
    const int ZeroCrossings = 32;
    const double PassBand = 0.955;
    const double KaiserBeta = 8;

    readonly List<float> waiting = [.. new float[HalfTaps(fromRate)]];
    readonly float[][] phases = Phases(fromRate);
    readonly int step = fromRate / Divisor(fromRate);
    int phase;

    /// <summary>Resamples.</summary>
    /// <param name="samples">From -1 to 1.</param>
    /// <param name="output">Takes what comes out, on the time of what went in.</param>
    public void Write(ReadOnlySpan<float> samples, List<short> output)
    {
        waiting.AddRange(samples);
        var at = 0;
        while (at + phases[0].Length <= waiting.Count)
        {
            var sum = 0f;
            var taps = phases[phase];
            for (var tap = 0; tap < taps.Length; tap++)
            {
                sum += taps[tap] * waiting[at + tap];
            }

            output.Add(ToPcm(sum));
            phase += step;
            at += phase / phases.Length;
            phase %= phases.Length;
        }

        waiting.RemoveRange(0, at);
    }

    /// <summary>Gives out what still waits for later samples.</summary>
    public void End(List<short> output) => Write(new float[HalfTaps(fromRate)], output);

    static short ToPcm(float sample) => (short)Math.Clamp(MathF.Round(sample * 32768), short.MinValue, short.MaxValue);

    /// <summary>The filter's reach to either side, in samples that come in.</summary>
    static int HalfTaps(int rate) => (int)Math.Ceiling(ZeroCrossings * Math.Max(1.0, (double)rate / AudioFrame.SampleRate));

    static float[][] Phases(int rate)
    {
        var cutoff = PassBand * Math.Min(1.0, (double)AudioFrame.SampleRate / rate);
        var half = HalfTaps(rate);
        var count = AudioFrame.SampleRate / Divisor(rate);
        return [.. Enumerable.Range(0, count).Select(phase => Enumerable.Range(0, (2 * half) + 1)
            .Select(tap => (float)Impulse(tap - half - ((double)phase / count), cutoff, half + 1)).ToArray())];
    }

    static double Impulse(double x, double cutoff, double reach)
    {
        var windowed = 1 - (x / reach * (x / reach));
        return windowed <= 0 ? 0 : cutoff * Sinc(cutoff * x) * Bessel(KaiserBeta * Math.Sqrt(windowed)) / Bessel(KaiserBeta);
    }

    static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>The modified Bessel function of the first kind and order zero, by its power series.</summary>
    static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > 1e-12 * sum; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }

    static int Divisor(int rate)
    {
        var (a, b) = (rate, AudioFrame.SampleRate);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
