using System.Text.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>Reads the score card of a rehearsal from its report.</summary>
static class ReadScoreCard
{
    /// <returns>The score card; null where the report cannot be read.</returns>
    public static async Task<ScoreCard?> Of(CallTicket ticket, CallClientOptions options)
    {
        try
        {
            var answer = await GatewayRequest.Send(
                HttpMethod.Get,
                options.Gateway,
                $"calls/{ticket.CallId}/summary.json",
                options.AccessToken ?? (_ => Task.FromResult(ticket.ResumeToken)),
                CancellationToken.None);
            return JsonSerializer.Deserialize(answer, ContractsJson.Default.CallReport)?.ScoreCard;
        }
        catch (Exception error) when (error is InputException or GatewayUnreachableException)
        {
            return null;
        }
    }
}
