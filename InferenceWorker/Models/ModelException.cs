using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// A model gave no (whole) answer. The message holds no words of the prompt, nor of the provider's error, which may repeat them.
/// </summary>
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
    /// What the server said; null when it said nothing. It may repeat words of the prompt: log it by <see cref="ErrorText"/> only.
    /// </summary>
    internal ServerError? ServerSays { get; init; }

    /// <summary>This process did not run, so that it may have missed what the model said.</summary>
    internal bool Paused { get; init; }

    /// <summary>
    /// Whether it speaks against the model's health. A pause of this process says nothing of the model; a rate limit says that it is well
    /// and busy; a single prompt may be refused (400, 413, 422) by a model that answers others.
    /// </summary>
    internal bool CountsAgainstModel => !Paused && failure switch
    {
        ModelFailure.RateLimited or ModelFailure.CircuitOpen or ModelFailure.SwitchedOff => false,
        ModelFailure.Refused => status is not (null or 400 or 413 or 422),
        _ => true,
    };

    /// <summary>What an exception of the SDK, the network or the parser means.</summary>
    internal static ModelException Of(Exception fault) => fault switch
    {
        ModelException failure => failure,
        ClientResultException { Status: 429 } limited => new(ModelFailure.RateLimited, 429)
        {
            RetryAfter = Pause(limited.GetRawResponse()),
            ServerSays = ServerError.ReadBody(BodyOf(limited), 429),
        },
        ClientResultException { Status: >= 400 } error => new(
            error.Status < 500 ? ModelFailure.Refused : ModelFailure.ServerError,
            error.Status)
        {
            ServerSays = ServerError.ReadBody(BodyOf(error), error.Status),
        },
        ClientResultException unreachable => new(ModelFailure.BrokenStream, inner: unreachable.InnerException),

        // The parser's message may quote the answer.
        JsonException => new(ModelFailure.BrokenStream),
        _ => new(ModelFailure.BrokenStream, inner: fault),
    };

    /// <summary>The body of an error response; empty where there is none.</summary>
    internal static string BodyOf(ClientResultException fault)
    {
        try
        {
            return fault.GetRawResponse()?.Content.ToString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // It could not be read to its end.
            return "";
        }
    }

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
