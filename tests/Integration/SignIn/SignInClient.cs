using System.Net.Http.Headers;
using System.Net.Http.Json;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>Asks a gateway over HTTP as a client that has an access token.</summary>
static class SignInClient
{
    static readonly HttpClient http = new();

    public static Task<HttpResponseMessage> AskTicket(RunningGateway gateway, string? accessToken, string? origin = null) =>
        Ask(gateway, HttpMethod.Post, "/sign-in/ticket", accessToken, origin);

    public static Task<HttpResponseMessage> Ask(
        RunningGateway gateway, HttpMethod method, string path, string? accessToken, string? origin = null) =>
        Ask(gateway.Address, method, path, accessToken, origin);

    public static async Task<string> TicketOf(
        RunningGateway gateway, ScriptedSignInServer provider, string user, TimeSpan? lifetime = null) =>
        await TicketOf(gateway.Address, await provider.AccessToken(user, lifetime));

    public static async Task<string> TicketOf(Uri gateway, string accessToken)
    {
        using var answer = await Ask(gateway, HttpMethod.Post, "/sign-in/ticket", accessToken, origin: null);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<SocketTicket>())!.Ticket;
    }

    static async Task<HttpResponseMessage> Ask(Uri gateway, HttpMethod method, string path, string? accessToken, string? origin)
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway, path));
        request.Headers.Authorization = accessToken is null ? null : new AuthenticationHeaderValue("Bearer", accessToken);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await http.SendAsync(request);
    }

    public static async Task<HubClient> Connect(
        RunningGateway gateway, ScriptedSignInServer provider, string user, TimeSpan? lifetime = null) =>
        await HubClient.Connect(gateway, ticket: await TicketOf(gateway, provider, user, lifetime));
}
