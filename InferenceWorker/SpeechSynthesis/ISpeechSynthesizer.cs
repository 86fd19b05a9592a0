namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Turns text into sound.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Asks for the sound of a text. The request leaves with the first read; to stop reading closes it at once.</summary>
    /// <param name="voice">
    /// The voice, by the name that the server gives it; null for <see cref="SynthesisOptions.Voice"/>, which also speaks in place of one
    /// that the server refuses.
    /// </param>
    /// <returns>PCM of 24 kHz, 16 bits, mono, little-endian, as it comes: whole samples, never empty.</returns>
    /// <exception cref="SynthesisException">The server gave no (whole) sound.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(string text, string? voice, CancellationToken cancellation);
}
