using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Refuses settings that cannot work, naming the setting and what to set. Never repeats a value that may be secret.</summary>
sealed class TranscriptionOptionsValidator : IValidateOptions<TranscriptionOptions>
{
    public ValidateOptionsResult Validate(string? name, TranscriptionOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> Faults(TranscriptionOptions options)
    {
        if (!Enum.IsDefined(options.Provider))
        {
            yield return "Transcription:Provider is unknown: set it to None, OpenAI or WhisperNet.";
        }

        foreach (var fault in options.Provider == TranscriptionProvider.OpenAI ? EndpointFaults(options) : [])
        {
            yield return fault;
        }

        if (options.Slots is < 1 or > 1000)
        {
            yield return "Transcription:Slots must be 1 to 1000: set it to 32, the default, or remove it.";
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
        {
            yield return "Transcription:Timeout must be 100 ms to one minute: write it as hours:minutes:seconds, for example 00:00:10.";
        }
    }

    static IEnumerable<string> EndpointFaults(TranscriptionOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            yield return "Transcription:Model is missing: set it to the model or deployment to ask, for example whisper-1; "
                + "a server with a single model takes any name.";
        }

        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return "Transcription:Endpoint is missing or no http or https address: set it to the address before "
                + "/audio/transcriptions, for example http://localhost:8000/v1 or https://api.openai.com/v1, "
                + "or set Transcription:Provider to None.";
        }
        else if (string.IsNullOrWhiteSpace(options.ApiKey) && ModelEndpoint.NeedsKey(address))
        {
            yield return $"Transcription:ApiKey is missing and {address.Host} asks for one: "
                + "set Transcription__ApiKey in the environment or in user secrets.";
        }
    }
}
