using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Refuses settings that cannot work, naming the setting and what to set. Never repeats a value that may be secret.</summary>
sealed class SynthesisOptionsValidator : IValidateOptions<SynthesisOptions>
{
    public ValidateOptionsResult Validate(string? name, SynthesisOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> Faults(SynthesisOptions options)
    {
        if (!Enum.IsDefined(options.Provider))
        {
            yield return "Speech:Provider is unknown: set it to None or OpenAI.";
        }

        if (options.AudioTimeout < TimeSpan.FromMilliseconds(100) || options.AudioTimeout > TimeSpan.FromSeconds(10))
        {
            yield return "Speech:AudioTimeout must be 100 ms to 10 s: write it as hours:minutes:seconds, for example 00:00:02.";
        }

        foreach (var fault in options.Provider == SynthesisProvider.OpenAI ? EndpointFaults(options) : [])
        {
            yield return fault;
        }
    }

    static IEnumerable<string> EndpointFaults(SynthesisOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            yield return "Speech:Model is missing: set it to the model or deployment to ask, for example gpt-4o-mini-tts; "
                + "a server with a single model takes any name.";
        }

        if (string.IsNullOrWhiteSpace(options.Voice))
        {
            yield return "Speech:Voice is empty: set it to a voice that the server has, or remove it for alloy, the default.";
        }

        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return "Speech:Endpoint is missing or no http or https address: set it to the address before /audio/speech, "
                + "for example http://localhost:8880/v1 or https://api.openai.com/v1, or set Speech:Provider to None.";
        }
        else if (string.IsNullOrWhiteSpace(options.ApiKey) && ModelEndpoint.NeedsKey(address))
        {
            yield return $"Speech:ApiKey is missing and {address.Host} asks for one: "
                + "set Speech__ApiKey in the environment or in user secrets.";
        }
    }
}
