using System.Runtime.InteropServices;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Finds where to cut a voice that does not pause.</summary>
static class QuietPlace
{
    const int LookedAtSamples = 3 * 16_000;
    const int PlaceSamples = 800;
    const int StepSamples = 160;

    /// <summary>The middle of the quietest 50 ms of the last 3 s.</summary>
    /// <param name="pcm">The sound, longer than that.</param>
    /// <returns>Where, in bytes.</returns>
    public static int In(ReadOnlySpan<byte> pcm)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        var (quietest, least) = (samples.Length, long.MaxValue);
        for (var start = samples.Length - LookedAtSamples; start + PlaceSamples <= samples.Length; start += StepSamples)
        {
            var energy = 0L;
            foreach (var sample in samples.Slice(start, PlaceSamples))
            {
                energy += sample * sample;
            }

            (quietest, least) = energy < least ? (start + (PlaceSamples / 2), energy) : (quietest, least);
        }

        return quietest * 2;
    }
}
