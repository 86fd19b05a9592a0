using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>Addresses and clients of OpenAI-compatible endpoints and of Azure OpenAI.</summary>
static class ModelEndpoint
{
    // What people paste from a provider's example request.
    static readonly string[] operations =
    [
        "/chat/completions", "/completions", "/audio/transcriptions", "/audio/translations", "/audio/speech",
    ];

    /// <summary>Whether the host is one that answers nobody without a key.</summary>
    public static bool NeedsKey(Uri endpoint) =>
        AzureEndpoint.IsAzure(endpoint) || string.Equals(endpoint.Host, "api.openai.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The address that requests append their operation to: a bare host gets the usual path, and an operation in the path is cut off.
    /// </summary>
    public static Uri BaseAddress(Uri endpoint)
    {
        if (AzureEndpoint.IsAzure(endpoint))
        {
            return AzureEndpoint.BaseAddress(endpoint);
        }

        var path = endpoint.AbsolutePath.TrimEnd('/');
        var operation = Array.Find(operations, operation => path.EndsWith(operation, StringComparison.OrdinalIgnoreCase));
        return operation is not null ? new Uri(endpoint, path[..^operation.Length] + "/")
            : path.Length == 0 ? new Uri(endpoint, "/v1/")
            : endpoint;
    }

    /// <param name="endpoint">A <see cref="BaseAddress"/>.</param>
    /// <param name="key">Empty for a server that asks for none; null to sign in with Microsoft Entra ID.</param>
    public static OpenAIClient Client(Uri endpoint, string? key, PipelineTransport transport) => AzureEndpoint.IsAzure(endpoint)
        ? AzureEndpoint.Client(endpoint, key, transport)

        // The SDK wants a key even for servers that ask for none.
        : new OpenAIClient(
            new ApiKeyCredential(string.IsNullOrWhiteSpace(key) ? "none" : key),
            new OpenAIClientOptions
            {
                Endpoint = endpoint,
                Transport = transport,
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            });
}
