namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>A clause did not become sound. The message holds no words of the call.</summary>
/// <param name="status">The HTTP status; null when there was none.</param>
/// <param name="inner">The cause, where it cannot hold words of the call.</param>
public sealed class SynthesisException(SynthesisFailure failure, int? status = null, Exception? inner = null)
    : Exception(status is null ? $"Speech failed: {failure}." : $"Speech failed: {failure} (HTTP {status}).", inner)
{
    public SynthesisFailure Failure => failure;

    /// <summary>The HTTP status; null when there was none.</summary>
    public int? Status => status;

    /// <summary>What the server said, or what is wrong with its audio, fit for a log; null when nothing is known.</summary>
    public string? ServerSays { get; init; }
}
