using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>A moment of one speaker's voice. Clients send speech only and mark its end; the worker judges again.</summary>
/// <param name="Speaker">Whose voice, by the channel it came in by.</param>
/// <param name="Number">0, 1, 2 … for each speaker of a connection; a gap is a loss, and counted.</param>
/// <param name="AtMs">
/// When the first sample was spoken, on the call's clock, in milliseconds. Frames of one stretch of speech follow each other without a gap.
/// </param>
/// <param name="Pcm">
/// Mono, 16 kHz, 16 bits a sample, little-endian: 20 to 60 ms, that is 640 to 1,920 bytes; base64 on the wire. May be empty where <paramref
/// name="EndOfSpeech"/> is true.
/// </param>
/// <param name="EndOfSpeech">The client's voice activity detection judges that the speech ends with this frame.</param>
/// <param name="Gated">
/// The client let it pass by a speech model of its own; the worker then judges by level and pitch alone, which costs less.
/// </param>
public sealed record AudioFrame(
    Speaker Speaker,
    long Number,
    [property: JsonConverter(typeof(WholeMilliseconds))] long AtMs,
    byte[] Pcm,
    bool EndOfSpeech = false,
    bool Gated = false)
{
    /// <summary>16,000 samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>How long the frame lasts.</summary>
    public TimeSpan Duration() => TimeSpan.FromSeconds(Pcm.Length / (2.0 * SampleRate));
}
