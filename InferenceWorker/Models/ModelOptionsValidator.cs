using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Refuses settings that cannot work, naming the setting and what to set. Never repeats a value that may be secret.</summary>
sealed class ModelOptionsValidator : IValidateOptions<ModelOptions>
{
    static readonly TimeSpan ShortestBreakerTime = TimeSpan.FromMilliseconds(500);

    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    static IEnumerable<string> Faults(ModelOptions model)
    {
        var endpoint = string.IsNullOrWhiteSpace(model.Endpoint) ? null : model.Endpoint;
        var named = !string.IsNullOrWhiteSpace(model.Name);
        if (endpoint is not null && !named)
        {
            yield return "Model:Name is missing: "
                + "set it to the model or deployment to ask, or remove Model:Endpoint to run on the playbook alone.";
        }

        if (named && endpoint is null)
        {
            yield return "Model:Endpoint is missing: set it to the model's base address, for example https://api.openai.com/v1 or "
                + "https://NAME.openai.azure.com, or remove Model:Name to run on the playbook alone.";
        }

        foreach (var fault in endpoint is null ? [] : EndpointFaults(model, endpoint))
        {
            yield return fault;
        }

        if (named && string.Equals(model.Name, model.FallbackName, StringComparison.Ordinal))
        {
            yield return "Model:FallbackName equals Model:Name: name another model, or remove it to have the same one asked once more.";
        }

        if (named && string.Equals(model.Name, model.FastName, StringComparison.Ordinal))
        {
            yield return "Model:FastName equals Model:Name: name a smaller model, or remove it to have the same one write under load.";
        }

        if (model.MaxTokens is < 1 or > 1000)
        {
            yield return "Model:MaxTokens must be 1 to 1000: set it to 150 for about two sentences.";
        }

        if (model.HedgeExtra is not (>= 0 and <= 0.5))
        {
            yield return "Model:HedgeExtra must be 0 to 0.5: set it to 0.05 for at most one second request in twenty, or to 0 for none.";
        }

        foreach (var fault in TimeFaults(model))
        {
            yield return fault;
        }
    }

    static IEnumerable<string> EndpointFaults(ModelOptions model, string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return "Model:Endpoint is no http or https address: set it to a full address, for example https://api.openai.com/v1.";
            yield break;
        }

        if (model.Credential == ModelCredential.EntraId && address.Scheme is not "https")
        {
            yield return "Model:Credential is EntraId and Model:Endpoint is not https: "
                + "set an https address, so that the token stays secret.";
        }

        if (model.Credential == ModelCredential.ApiKey && string.IsNullOrWhiteSpace(model.ApiKey) && ModelEndpoint.NeedsKey(address))
        {
            yield return $"Model:ApiKey is missing and {address.Host} asks for one: "
                + "set Model__ApiKey in the environment or in user secrets, or on Azure set Model:Credential to EntraId.";
        }
    }

    static IEnumerable<string> TimeFaults(ModelOptions model)
    {
        foreach (var (setting, value) in new[]
        {
            (nameof(model.FirstTokenTimeout), model.FirstTokenTimeout), (nameof(model.FallbackAfter), model.FallbackAfter),
            (nameof(model.TokenTimeout), model.TokenTimeout), (nameof(model.TotalTimeout), model.TotalTimeout),
            (nameof(model.HedgeAfter), model.HedgeAfter), (nameof(model.FastAbove), model.FastAbove),
            (nameof(model.FastFor), model.FastFor),
        })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(1))
            {
                yield return $"Model:{setting} must be above 0 and at most one minute: "
                    + "write it as hours:minutes:seconds, for example 00:00:03.";
            }
        }

        if (model.FirstTokenTimeout > model.TotalTimeout)
        {
            yield return "Model:FirstTokenTimeout is longer than Model:TotalTimeout: shorten the first or lengthen the second.";
        }

        if (model.BreakerFailureRatio is not (> 0 and <= 1) || model.BreakerMinimumRequests < 2
            || model.BreakerWindow < ShortestBreakerTime || model.BreakDuration < ShortestBreakerTime)
        {
            yield return "The circuit breaker needs Model:BreakerFailureRatio above 0 and at most 1, "
                + "Model:BreakerMinimumRequests of at least 2, and Model:BreakerWindow and Model:BreakDuration of at least 00:00:00.5: "
                + "set them so, or remove them for the defaults.";
        }
    }
}
