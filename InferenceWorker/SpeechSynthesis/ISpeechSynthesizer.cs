namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Turns text into sound.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>Asks for the sound of a text. The request leaves with the first read; to stop reading closes it at once.</summary>
    /// <returns>PCM of 24 kHz, 16 bits, mono, little-endian, as it comes: whole samples, never empty.</returns>
    /// <exception cref="SynthesisException">The server gave no (whole) sound.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(string text, CancellationToken cancellation);
}
