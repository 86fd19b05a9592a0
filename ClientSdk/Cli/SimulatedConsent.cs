using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli;

/// <summary>Says of the command's own calls that nobody is on them, where the gateway takes nothing without consent.</summary>
static class SimulatedConsent
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    /// <returns>The consent; null where none is needed, or the gateway does not tell: then the call itself tells what is wrong.</returns>
    public static async Task<Consent?> For(CallClientOptions options, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = patience };
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"{options.Gateway.GetLeftPart(UriPartial.Path).TrimEnd('/')}/consent");
            request.Headers.Authorization = options.AccessToken is null
                ? null
                : new AuthenticationHeaderValue("Bearer", await options.AccessToken(stop));
            using var answer = await client.SendAsync(request, stop);
            return answer.StatusCode == HttpStatusCode.OK
                && JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(stop), ContractsJson.Default.ConsentPolicy)
                    is { Mode: not ConsentMode.Off } policy
                ? new Consent(ConsentMethod.Simulated, policy.Version, Everyone: true)
                : null;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException
            || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }
}
