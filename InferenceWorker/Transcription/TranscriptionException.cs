namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// A transcriber gave no words. The message holds no words of the call, nor of the engine's error, which may repeat them.
/// </summary>
/// <param name="status">The HTTP status; null when there was none.</param>
/// <param name="inner">The cause, where it cannot hold words of the call.</param>
public sealed class TranscriptionException(TranscriptionFailure failure, int? status = null, Exception? inner = null)
    : Exception(status is null ? $"The transcriber failed: {failure}." : $"The transcriber failed: {failure} (HTTP {status}).", inner)
{
    public TranscriptionFailure Failure => failure;

    /// <summary>The HTTP status; null when there was none.</summary>
    public int? Status => status;

    /// <summary>What the server said, fit for a log; null when it said nothing.</summary>
    public string? ServerSays { get; init; }

    /// <summary>
    /// Whether it may concern this stretch alone: a transcriber that takes others may refuse one, or fail at one without speech.
    /// </summary>
    internal bool ConcernsStretch => this is { Failure: TranscriptionFailure.ServerError }
        or { Failure: TranscriptionFailure.Refused, Status: null or 400 or 413 or 422 };
}
