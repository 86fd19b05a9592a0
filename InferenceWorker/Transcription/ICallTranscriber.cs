using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// The transcriber, as one call's pipeline sees it. Nothing here waits: what comes of it comes back to the call as an input.
/// </summary>
public interface ICallTranscriber
{
    /// <summary>
    /// Whether there is one, and it answers; never <see cref="TranscriptionState.Behind"/>, which is for the call to know.
    /// </summary>
    TranscriptionState State { get; }

    /// <summary>A call begins: finds out whether the transcriber answers, where nobody has asked it lately.</summary>
    void Verify();

    /// <summary>
    /// Has a stretch transcribed. It comes back as one <see cref="SpeechTranscribed"/>; nothing comes after a cancellation.
    /// </summary>
    /// <param name="request">What to know of the stretch.</param>
    void Transcribe(SpeechRequest request, ReadOnlySpan<byte> pcm, CancellationToken cancellation);
}
