using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Cuts samples that come in pieces of any size into frames of <see cref="SpeechFrame.Longest"/>.</summary>
sealed class FrameCutter
{
    readonly List<byte> pending = [];

    /// <summary>The frames that are full.</summary>
    public IEnumerable<byte[]> Add(ReadOnlySpan<byte> samples)
    {
        pending.AddRange(samples);
        var full = pending.Count / SpeechFrame.Longest * SpeechFrame.Longest;
        var frames = pending.GetRange(0, full).Chunk(SpeechFrame.Longest);
        pending.RemoveRange(0, full);
        return frames;
    }

    /// <summary>The last frame; empty where all were full.</summary>
    public byte[] Rest() => [.. pending];
}
