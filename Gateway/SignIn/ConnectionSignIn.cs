using Microsoft.AspNetCore.SignalR;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.SignIn;

/// <summary>
/// Holds every connection of both hubs to its sign-in: it may be renewed while it lasts, and ends the connection when it ends.
/// </summary>
public sealed class ConnectionSignIn(Tickets tickets, TimeProvider time) : IHubFilter
{
    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (SignedInUser.Of(context.Context.User).ExpiresAt is { } expiresAt)
        {
            context.Context.Items[typeof(SignInLease)] = new SignInLease(context.Context, expiresAt, time);
        }

        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        LeaseOf(context.Context)?.Dispose();
        return next(context, exception);
    }

    /// <summary>Lets a connection live as long as the sign-in behind a new ticket.</summary>
    /// <exception cref="HubException">The ticket is not valid, or not of the same person in the same role.</exception>
    public async Task Renew(HubCallerContext connection, string ticket)
    {
        var before = SignedInUser.Of(connection.User);
        var after = await tickets.Redeem(ticket ?? "", connection.ConnectionAborted);
        if (after is null || after.Subject != before.Subject || after.Team != before.Team || after.Role < before.Role)
        {
            GatewayTelemetry.Refuse("renewal");
            throw new HubException(after is null
                ? "The ticket is unknown, older than 30 seconds, or was used. Ask for another one."
                : "The ticket is of another person, or of another role or team than before. Connect again with it.");
        }

        if (after.ExpiresAt is { } expiresAt)
        {
            LeaseOf(connection)?.Renew(expiresAt);
        }
    }

    static SignInLease? LeaseOf(HubCallerContext connection) =>
        connection.Items.TryGetValue(typeof(SignInLease), out var lease) ? lease as SignInLease : null;
}
