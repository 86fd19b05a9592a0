using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Identity;
using OpenAI;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Azure OpenAI: the resource's own API, or its <c>/openai/v1</c> where <see cref="ModelOptions.Endpoint"/> names that.</summary>
static class AzureEndpoint
{
    // The scope that Azure OpenAI's documentation names for Entra ID tokens.
    const string Scope = "https://cognitiveservices.azure.com/.default";
    const string V1 = "/openai/v1";

    static readonly string[] hosts = [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"];

    public static bool IsAzure(Uri endpoint) =>
        Array.Exists(hosts, host => endpoint.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The resource, or its <c>/openai/v1</c>. The portal's target URI names deployment, operation and version as well: they are cut off.
    /// </summary>
    public static Uri BaseAddress(Uri endpoint) => new(endpoint, IsV1(endpoint) ? V1 + "/" : "/");

    /// <param name="endpoint">A <see cref="BaseAddress"/>.</param>
    /// <param name="key">Null to sign in with Microsoft Entra ID.</param>
    public static OpenAIClient Client(Uri endpoint, string? key, PipelineTransport transport)
    {
        var retries = new ClientRetryPolicy(maxRetries: 0);
        if (IsV1(endpoint))
        {
            var v1 = new OpenAIClientOptions
            {
                Endpoint = endpoint,
                Transport = transport,
                RetryPolicy = retries,
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            };
#pragma warning disable OPENAI001 // Marked as experimental, and the SDK's only way to sign in with tokens.
            return key is null ? new(new BearerTokenPolicy(new DefaultAzureCredential(), Scope), v1) : new(new ApiKeyCredential(key), v1);
#pragma warning restore OPENAI001
        }

        var settings = new AzureOpenAIClientOptions
        {
            Transport = transport,
            RetryPolicy = retries,
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        return key is null
            ? new AzureOpenAIClient(endpoint, new DefaultAzureCredential(), settings)
            : new AzureOpenAIClient(endpoint, new ApiKeyCredential(key), settings);
    }

    static bool IsV1(Uri endpoint) => endpoint.AbsolutePath.StartsWith(V1, StringComparison.OrdinalIgnoreCase);
}
