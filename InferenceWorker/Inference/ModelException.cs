namespace Teleprompter.InferenceWorker.Inference;

/// <summary>A model gave no (whole) answer. The message holds no words of the prompt, nor of the provider's error, which may repeat them.</summary>
/// <param name="failure">Why.</param>
/// <param name="status">The HTTP status; null when there was none.</param>
/// <param name="inner">The cause, where it cannot hold words of the prompt.</param>
public sealed class ModelException(ModelFailure failure, int? status = null, Exception? inner = null)
    : Exception(status is null ? $"The model failed: {failure}." : $"The model failed: {failure} (HTTP {status}).", inner)
{
    /// <summary>Why.</summary>
    public ModelFailure Failure => failure;

    /// <summary>The HTTP status; null when there was none.</summary>
    public int? Status => status;

    /// <summary>How long the provider asks to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether it speaks against the model's health. A rate limit says that it is well and busy; a single prompt may be refused (400, 413, 422)
    /// by a model that answers others.
    /// </summary>
    internal bool CountsAgainstModel => failure switch
    {
        ModelFailure.RateLimited or ModelFailure.CircuitOpen or ModelFailure.SwitchedOff => false,
        ModelFailure.Refused => status is not (null or 400 or 413 or 422),
        _ => true,
    };
}
