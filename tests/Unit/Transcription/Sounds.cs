using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>Noises of an office, made from a seed.</summary>
sealed class Sounds(int seed)
{
    readonly Random random = new(seed);
    double brown;

    public static short[] Silence(double seconds) => new short[(int)(seconds * Recording.Rate)];

    public short[] White(double seconds, double rms) => Make(seconds, _ => rms * Gauss());

    public short[] Fan(double seconds) =>
        Make(seconds, at => (brown = (0.995 * brown) + (100 * Gauss())) * (1 + (0.3 * Math.Sin(at * 44))));

    /// <summary>Mains hum: its fundamental and odd harmonics, or a rectifier's, with a little noise.</summary>
    public short[] Hum(double seconds, double hertz, bool rectified) => Make(seconds, at =>
    {
        var phase = 2 * Math.PI * hertz * at;
        var wave = rectified
            ? 8000 * Math.Abs(Math.Sin(phase / 2))
            : (3000 * Math.Sin(phase)) + (1000 * Math.Sin(3 * phase)) + (500 * Math.Sin(5 * phase));
        return wave + (20 * Gauss());
    });

    public short[] Clicks(double seconds) => Make(seconds, at =>
        (int)(at * Recording.Rate) % 8_000 is var since and < 8 ? 15_000 * (since % 2 == 0 ? 1 : -1) : 10 * Gauss());

    /// <summary>Typing: 4 to 13 keys a second, each a burst that rings at two frequencies and dies away within some milliseconds.</summary>
    public short[] Keyboard(double seconds)
    {
        var sound = new double[(int)(seconds * Recording.Rate)];
        for (var at = 0; at < sound.Length - 4_000; at += 1_200 + random.Next(2_800))
        {
            var (high, lower, decay, loud) = (
                800 + random.Next(2_500), 300 + random.Next(800), 30.0 + random.Next(150), 4_000.0 + random.Next(12_000));
            for (var i = 0; i < 2_400; i++)
            {
                var ring = Math.Sin(2 * Math.PI * high * i / Recording.Rate) + Math.Sin(
                    2 * Math.PI * lower * i / Recording.Rate) + (2 * random.NextDouble()) - 1;
                sound[at + i] += 0.4 * loud * Math.Exp(-i / decay) * ring;
            }
        }

        return [.. sound.Select(sample => Clip(sample + (15 * Gauss())))];
    }

    public static short[] Add(short[] a, short[] b, double gain = 1) =>
        [.. a.Select((sample, i) => Clip((sample * gain) + b[i % b.Length]))];

    static short[] Make(double seconds, Func<double, double> wave) =>
        [.. Enumerable.Range(0, (int)(seconds * Recording.Rate)).Select(i => Clip(wave((double)i / Recording.Rate)))];

    double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static short Clip(double sample) => (short)Math.Clamp(sample, short.MinValue, short.MaxValue);
}
