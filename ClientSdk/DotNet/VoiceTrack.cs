using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>One speaker's voice: cut into frames, each with its moment and its number.</summary>
sealed class VoiceTrack(Speaker speaker)
{
    /// <summary>What a frame holds at most, in bytes: 60 ms, as the wire has it.</summary>
    const int FrameBytes = 60 * BytesPerMs;

    const int BytesPerMs = 2 * AudioFrame.SampleRate / 1000;

    /// <summary>Capture delivers unevenly, by a buffer or two; what is further off than this is a gap in what was captured.</summary>
    const double UnevenMs = 500;

    double? nextMs;
    long number;

    /// <summary>Cuts what was just captured.</summary>
    /// <param name="pcm">An even number of bytes.</param>
    /// <param name="startMs">When it began, by the clock at its arrival; within a stretch of speech, the samples count instead.</param>
    /// <param name="endOfSpeech">The stretch ends with it.</param>
    /// <returns>Its frames, not numbered yet.</returns>
    public IEnumerable<AudioFrame> Cut(ReadOnlyMemory<byte> pcm, double startMs, bool endOfSpeech)
    {
        var atMs = nextMs is { } next && Math.Abs(next - startMs) < UnevenMs ? next : Math.Max(0, startMs);
        nextMs = endOfSpeech ? null : atMs + ((double)pcm.Length / BytesPerMs);
        do
        {
            var frame = pcm[..Math.Min(FrameBytes, pcm.Length)];
            pcm = pcm[frame.Length..];
            yield return new AudioFrame(speaker, Number: 0, (long)atMs, frame.ToArray(), endOfSpeech && pcm.IsEmpty);
            atMs += (double)frame.Length / BytesPerMs;
        }
        while (!pcm.IsEmpty);
    }

    /// <summary>Numbers the frame that is next in line, sent or given up: a gap tells the worker of the loss.</summary>
    /// <returns>The frame with its number.</returns>
    public AudioFrame Numbered(AudioFrame frame) => frame with { Number = number++ };

    /// <summary>A new connection counts from 0.</summary>
    public void Renumber() => number = 0;
}
