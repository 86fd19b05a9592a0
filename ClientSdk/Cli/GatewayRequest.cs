using System.Net;
using System.Net.Http.Headers;

namespace Teleprompter.Cli;

/// <summary>Asks a gateway over HTTP; what it refuses becomes one plain line.</summary>
static class GatewayRequest
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The body of the answer.</returns>
    /// <exception cref="InputException">The gateway knows no such thing, or does not let this caller.</exception>
    /// <exception cref="GatewayUnreachableException">It does not answer, or cannot reach its storage.</exception>
    public static async Task<string> Send(
        HttpMethod method, Uri gateway, string path, Func<CancellationToken, Task<string>>? token, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(method, $"{gateway.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", await token(stop));
        try
        {
            using var answer = await client.SendAsync(request, stop);
            return answer.StatusCode switch
            {
                HttpStatusCode.NotFound => throw new InputException("There is no such call that you may see. It may have expired."),
                HttpStatusCode.Unauthorized => throw new InputException("People sign in at this gateway: give --token-file."),
                HttpStatusCode.Forbidden => throw new InputException("Your role does not allow this."),
                _ when answer.IsSuccessStatusCode => await answer.Content.ReadAsStringAsync(stop),
                _ => throw new GatewayUnreachableException(gateway, $"it answered {(int)answer.StatusCode}; its storage may be away"),
            };
        }
        catch (HttpRequestException error)
        {
            throw new GatewayUnreachableException(gateway, error.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new GatewayUnreachableException(gateway, $"no answer within {Patience.TotalSeconds} s");
        }
    }
}
