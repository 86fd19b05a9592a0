namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Turns a stretch of one speaker's voice into words. One instance serves all calls of a worker at once; how many requests run together is
/// decided before it.
/// </summary>
public interface ITranscriber
{
    /// <summary>Transcribes a stretch. The whole of it is given each time: nothing is remembered between two requests.</summary>
    /// <param name="clip">The stretch. Its memory may be read until the task has ended, not longer.</param>
    /// <param name="cancellation">Ends the work at the engine too, at once: the words are no longer wanted.</param>
    /// <returns>The words, as the engine gives them; perhaps empty. What engines make of noise is filtered by the caller.</returns>
    /// <exception cref="TranscriptionException">No words could be had.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    Task<string> Transcribe(SpeechClip clip, CancellationToken cancellation);
}
