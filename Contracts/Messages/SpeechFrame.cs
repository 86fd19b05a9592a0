using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>A moment of the voice of a rehearsal's buyer. Frames may be lost, and are never sent again nor kept.</summary>
/// <param name="SegmentId">The buyer's turn: the id of the segment that has its words.</param>
/// <param name="Number">0, 1, 2 … within the turn; a gap is a loss.</param>
/// <param name="Pcm">Mono, 24 kHz, 16 bits a sample, little-endian, 40 ms at most; base64 on the wire. Empty at the end.</param>
/// <param name="End">On the last frame of the turn: how it ends; absent on all others.</param>
public sealed record SpeechFrame(
    string SegmentId,
    int Number,
    byte[] Pcm,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SpeechEnd? End = null)
{
    /// <summary>24,000 samples a second.</summary>
    public const int SampleRate = 24_000;

    /// <summary>The bytes of a second.</summary>
    public const int BytesPerSecond = SampleRate * 2;

    /// <summary>The most bytes of a frame: 40 ms.</summary>
    public const int Longest = BytesPerSecond * 40 / 1000;

    /// <summary>How long the frame lasts.</summary>
    public TimeSpan Duration() => TimeSpan.FromSeconds((double)Pcm.Length / BytesPerSecond);
}
