using System.Numerics;
using System.Runtime.InteropServices;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Tells a voice from silence and noise, 10 ms at a time. A voice begins with a stretch of voiced sound, that is, sound above the noise
/// floor that repeats itself at the pitch of a human voice; consonants without pitch belong to it while voiced sound is near. White noise
/// has no pitch, clicks are too short, and hum lies below the band that is listened to. Whispering is not heard.
/// </summary>
/// <remarks>
/// Pitch is the peak of the normalised autocorrelation behind its first dip (Rabiner, 1977); the floor is the least smoothed level of two
/// seconds (Martin's minimum statistics, 2001). Nothing is allocated. Not thread-safe.
/// </remarks>
public sealed class VoiceActivity : IVoiceActivity
{
    /// <summary>The samples of one step: 10 ms.</summary>
    public const int HopSamples = AudioFrame.SampleRate / 100;

    /// <summary>
    /// The most hops that <see cref="OnsetHops"/> goes back: 320 ms, a long "s" and the time an onset takes to be believed.
    /// </summary>
    public const int LongestOnset = 32;

    /// <summary>The spare hops of <see cref="OnsetHops"/>: 40 ms.</summary>
    public const int OnsetMargin = 4;

    /// <summary>The level above which sound can be a voice, in dB of full scale.</summary>
    public const float Gate = -66;

    // Two one-pole high-passes at 200 Hz: together 3 dB down at 310 Hz, mains hum by 20 to 30 dB; what is left is the telephone's lower
    // band edge.
    const float HighPass = 0.9245f;

    // 4 kHz is enough for pitch: 128 samples are 32 ms, lags of 10 to 50 samples are 400 to 80 Hz.
    const int Decimation = 4;
    const int HopLow = HopSamples / Decimation;
    const int Window = 128;
    const int FirstLag = 4;
    const int ShortestPitch = 10;
    const int LongestPitch = 50;
    const float Pitched = 0.5f;
    const float Dip = 0.3f;

    // Levels in dB of full scale.
    const float Margin = 6;
    const float QuietestFloor = -72;
    const int FloorHops = 25;

    const int OnsetPitched = 6;
    const int OnsetWithin = 0xFF;
    const int GapInOnset = 3;
    const int UnpitchedHops = 25;
    const int EndHops = 10;

    readonly float[] low = new float[Window + LongestPitch];
    readonly float[] floors = new float[8];
    float before1, after1, after2, before2;
    float smoothed = QuietestFloor;
    int floorHop, hopsSincePitch;
    ulong pitchedHops, loudHops;

    public VoiceActivity() => Array.Fill(floors, QuietestFloor);

    public bool Speaking { get; private set; }

    public bool Voiced { get; private set; }

    /// <summary>The last hop had a pitch.</summary>
    public bool Evidence { get; private set; }

    /// <summary>4 dB: a voice is louder in its middle than at its ends, unlike hum.</summary>
    public float LeastSwing => 4;

    /// <summary>The last hop stood out of the noise.</summary>
    public bool Loud { get; private set; }

    /// <summary>The level of the noise, in dB of full scale.</summary>
    public float NoiseFloor { get; private set; } = QuietestFloor;

    public float Level { get; private set; }

    public int HopsSinceVoice { get; private set; } = int.MaxValue / 2;

    public int OnsetHops { get; private set; }

    public void Process(ReadOnlySpan<short> hop)
    {
        Level = Filter(hop);
        NoiseFloor = Floor();
        Loud = Level > MathF.Max(NoiseFloor + Margin, Gate);
        Evidence = Loud && Periodicity() > Pitched;
        pitchedHops = (pitchedHops << 1) | (Evidence ? 1UL : 0);
        loudHops = (loudHops << 1) | (Loud ? 1UL : 0);
        hopsSincePitch = Evidence ? 0 : hopsSincePitch + 1;

        var begins = !Speaking && Evidence && BitOperations.PopCount(pitchedHops & OnsetWithin) >= OnsetPitched;
        Voiced = begins || (Speaking && Loud && hopsSincePitch <= UnpitchedHops);
        HopsSinceVoice = Voiced ? 0 : HopsSinceVoice + 1;
        if (begins)
        {
            OnsetHops = Onset();
        }

        Speaking = begins || (Speaking && HopsSinceVoice <= EndHops);
    }

    public void Skip(int hops)
    {
        HopsSinceVoice += hops;
        Speaking &= HopsSinceVoice <= EndHops;
        (pitchedHops, loudHops) = hops < 64 ? (pitchedHops << hops, loudHops << hops) : (0, 0);
    }

    /// <summary>The level of a hop behind the high-pass, in dB; its lower band goes to the pitch's window.</summary>
    float Filter(ReadOnlySpan<short> hop)
    {
        low.AsSpan(HopLow).CopyTo(low);
        var lowest = low.AsSpan(low.Length - HopLow);
        float energy = 0, sum = 0;
        for (var i = 0; i < HopSamples; i++)
        {
            var sample = hop[i] * (1f / 32768);
            after1 = HighPass * (after1 + sample - before1);
            before1 = sample;
            after2 = HighPass * (after2 + after1 - before2);
            before2 = after1;
            energy += after2 * after2;
            sum += after2;
            if (i % Decimation == Decimation - 1)
            {
                lowest[i / Decimation] = sum * (1f / Decimation);
                sum = 0;
            }
        }

        return 10 * MathF.Log10((energy / HopSamples) + 1e-10f);
    }

    float Floor()
    {
        smoothed += 0.3f * (Level - smoothed);
        if (++floorHop % FloorHops == 0)
        {
            floors.AsSpan(1).CopyTo(floors);
            floors[^1] = smoothed;
        }

        floors[^1] = MathF.Min(floors[^1], smoothed);
        var least = floors[0];
        foreach (var floor in floors)
        {
            least = MathF.Min(least, floor);
        }

        return MathF.Max(least, QuietestFloor);
    }

    float Periodicity()
    {
        var window = low.AsSpan(LongestPitch);
        var energy = Dot(window, window);
        var (best, dipped) = (0f, false);
        for (var lag = FirstLag; lag <= LongestPitch; lag++)
        {
            var earlier = low.AsSpan(LongestPitch - lag, Window);
            var likeness = Dot(window, earlier) / MathF.Sqrt((energy * Dot(earlier, earlier)) + 1e-20f);
            dipped |= likeness < Dip;
            best = dipped && lag >= ShortestPitch ? MathF.Max(best, likeness) : best;
        }

        return best;
    }

    /// <summary>Goes back over what was loud, small gaps included.</summary>
    /// <returns>Hops, the last one and 40 ms to spare included.</returns>
    public int Onset()
    {
        var (length, gap) = (0, 0);
        for (var hop = 0; hop < LongestOnset - OnsetMargin && gap <= GapInOnset; hop++)
        {
            (length, gap) = ((loudHops >> hop) & 1) == 1 ? (hop + 1, 0) : (length, gap + 1);
        }

        return length + OnsetMargin;
    }

    static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        // Vector<float> has a length that divides the window on every machine.
        var sum = Vector<float>.Zero;
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return Vector.Sum(sum);
    }
}
