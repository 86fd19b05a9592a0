using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>Gets tickets for sockets from a gateway where people sign in.</summary>
sealed class SocketTickets(CallClientOptions options, Func<CancellationToken, Task<string>> accessToken)
{
    static readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(8) };

    /// <exception cref="HttpRequestException">The gateway did not give one; the message says what to do.</exception>
    public async Task<SocketTicket> Get(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.At("sign-in/ticket"));
        foreach (var (name, value) in options.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await accessToken(cancellationToken));
        using var response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK =>
                (await response.Content.ReadFromJsonAsync(ContractsJson.Default.SocketTicket, cancellationToken))!,
            HttpStatusCode.Unauthorized => throw new HttpRequestException("The gateway does not accept the access token. Sign in again."),
            HttpStatusCode.Forbidden => throw new HttpRequestException("The access token has no role that the gateway knows."),
            var status => throw new HttpRequestException($"The gateway gave no ticket; it answered {(int)status}."),
        };
    }
}
