using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace Teleprompter.InferenceWorker.Models;

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

    /// <summary>What an exception of the SDK, the network or the parser means.</summary>
    internal static ModelException Of(Exception fault) => fault switch
    {
        ModelException failure => failure,
        ClientResultException { Status: 429 } limited => new(ModelFailure.RateLimited, 429) { RetryAfter = Pause(limited.GetRawResponse()) },
        ClientResultException { Status: >= 400 and < 500 } refused => new(ModelFailure.Refused, refused.Status),
        ClientResultException { Status: >= 500 } error => new(ModelFailure.ServerError, error.Status),
        ClientResultException unreachable => new(ModelFailure.BrokenStream, inner: unreachable.InnerException),

        // The parser's message may quote the answer.
        JsonException => new(ModelFailure.BrokenStream),
        _ => new(ModelFailure.BrokenStream, inner: fault),
    };

    /// <summary>Retry-After in seconds (RFC 9110), or retry-after-ms, which OpenAI and Azure send beside it.</summary>
    static TimeSpan? Pause(PipelineResponse? response)
    {
        if (Header("retry-after-ms") is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return Header("Retry-After") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        double? Header(string name) =>
            response?.Headers.TryGetValue(name, out var value) == true
            && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 86_400_000
                ? number
                : null;
    }
}
