using System.Text.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli;

/// <summary>Says of the command's own calls that nobody is on them, where the gateway takes nothing without consent.</summary>
static class SimulatedConsent
{
    /// <returns>The consent; null where none is needed, or the gateway does not tell: then the call itself tells what is wrong.</returns>
    public static async Task<Consent?> For(CallClientOptions options, CancellationToken stop)
    {
        try
        {
            var answer = await GatewayRequest.Send(HttpMethod.Get, options.Gateway, "consent", options.AccessToken, stop);
            return JsonSerializer.Deserialize(answer, ContractsJson.Default.ConsentPolicy) is { Mode: not ConsentMode.Off } policy
                ? new Consent(ConsentMethod.Simulated, policy.Version, Everyone: true)
                : null;
        }
        catch (Exception error) when (error is InputException or GatewayUnreachableException or JsonException)
        {
            return null;
        }
    }
}
