using System.Net.Http.Headers;
using System.Net.Http.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>Reads the score card of a rehearsal from its report.</summary>
static class ReadScoreCard
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>The score card; null where the report cannot be read.</returns>
    public static async Task<ScoreCard?> Of(CallTicket ticket, CallClientOptions options)
    {
        var folder = new Uri($"{options.Gateway.GetLeftPart(UriPartial.Path).TrimEnd('/')}/");
        using var client = new HttpClient { BaseAddress = folder, Timeout = Patience };
        var token = options.AccessToken is { } access ? await access(CancellationToken.None) : ticket.ResumeToken;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            var path = new Uri($"calls/{ticket.CallId}/summary.json", UriKind.Relative);
            return (await client.GetFromJsonAsync(path, ContractsJson.Default.CallReport))?.ScoreCard;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
