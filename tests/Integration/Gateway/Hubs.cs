using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>Connects tests to a hub as the wire asks: over WebSockets alone, in the contracts' JSON.</summary>
static class Hubs
{
    /// <param name="ticketOf">Gets a ticket for every connection; <paramref name="ticket"/> where absent.</param>
    public static IHubConnectionBuilder Connection(
        Uri hub, string? origin = null, string? ticket = null, Func<Task<string?>>? ticketOf = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(hub, HttpTransportType.WebSockets, http =>
        {
            http.SkipNegotiation = true;
            http.AccessTokenProvider = ticketOf ?? (() => Task.FromResult(ticket));
            if (origin is not null)
            {
                http.Headers["Origin"] = origin;
            }
        });
        return builder.AddJsonProtocol(json => json.PayloadSerializerOptions = DashboardJson.BothHubs);
    }
}
