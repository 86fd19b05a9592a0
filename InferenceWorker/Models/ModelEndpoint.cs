using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using OpenAI;
using OpenAI.Chat;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>The way to the models of one endpoint.</summary>
static class ModelEndpoint
{
    // The scope that Azure OpenAI's documentation names for Entra ID tokens.
    const string AzureScope = "https://cognitiveservices.azure.com/.default";

    static readonly string[] AzureHosts = [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"];

    /// <summary>Whether the host is one that answers nobody without a key.</summary>
    public static bool NeedsKey(Uri endpoint) => IsAzure(endpoint) || string.Equals(endpoint.Host, "api.openai.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>The address that requests append <c>chat/completions</c> to: a bare host gets the path that its provider uses.</summary>
    public static Uri BaseAddress(Uri endpoint) =>
        endpoint.AbsolutePath is not "/" ? endpoint : new Uri(endpoint, IsAzure(endpoint) ? "/openai/v1/" : "/v1/");

    /// <summary>A client of one model.</summary>
    public static ChatClient Client(ModelOptions options, string model, PipelineTransport transport)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.BaseAddress,
            Transport = transport,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        if (options.Credential == ModelCredential.EntraId)
        {
#pragma warning disable OPENAI001 // Marked as experimental, and the SDK's only way to sign in with tokens.
            return new ChatClient(model, new BearerTokenPolicy(new DefaultAzureCredential(), AzureScope), settings);
#pragma warning restore OPENAI001
        }

        // The SDK wants a key even for servers that ask for none.
        var key = string.IsNullOrWhiteSpace(options.ApiKey) ? "none" : options.ApiKey;
        return new ChatClient(model, new ApiKeyCredential(key), settings);
    }

    /// <summary>Whether the host is Azure's.</summary>
    public static bool IsAzure(Uri endpoint) => AzureHosts.Any(host => endpoint.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase));
}
