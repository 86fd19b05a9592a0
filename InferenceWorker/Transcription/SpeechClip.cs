using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>A stretch of one speaker's voice to be transcribed.</summary>
/// <param name="Pcm">Mono, 16 kHz, 16 bits a sample, little-endian: 0.1 to 30 s.</param>
/// <param name="Language">BCP 47 tag of the spoken language; null for English.</param>
/// <param name="Prompt">Names that are likely to be said, as a text an engine may take for what was said before; null for none.</param>
/// <param name="Final">The speaker has stopped; false while the stretch still grows, when speed counts more than care.</param>
public sealed record SpeechClip(ReadOnlyMemory<byte> Pcm, string? Language = null, string? Prompt = null, bool Final = true)
{
    /// <summary>How long it lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Pcm.Length / (2.0 * AudioFrame.SampleRate));

    /// <summary>The language as engines name it, <c>en</c> where the call names none; null where the engine shall find out.</summary>
    public string? LanguageCode => SpokenLanguage.CodeOf(Language);
}
