using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Signs one connection in and renews it, so that it outlives its access token: when 80 % of the time is over, then again at 80 % of what
/// remains, until there is a newer token.
/// </summary>
sealed class SignInRenewal(SocketTickets tickets, CallClientOptions options)
{
    const double RenewAt = 0.8;
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    TimeSpan? remaining;

    public async Task<string> NewTicket(CancellationToken cancellationToken)
    {
        var ticket = await tickets.Get(cancellationToken);
        remaining = ticket.ExpiresInMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        return ticket.Ticket;
    }

    /// <summary>Renews the sign-in until the connection is over.</summary>
    public async Task Run(HubConnection hub, CancellationToken over)
    {
        while (remaining is { } left && !over.IsCancellationRequested)
        {
            var wait = left * RenewAt > Shortest ? left * RenewAt : Shortest;
            await Task.Delay(wait, options.Time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            remaining = left - wait;
            try
            {
                await hub.InvokeAsync(nameof(ICallHub.RenewSignIn), await NewTicket(over), over);
            }
#pragma warning disable CA1031 // Whatever the reason, it is tried again until the connection is closed.
            catch (Exception error) when (!over.IsCancellationRequested)
#pragma warning restore CA1031
            {
                options.Trouble?.Invoke($"The sign-in could not be renewed. {error.Message}");
            }
            catch (OperationCanceledException)
            {
                // The connection is over.
            }
        }
    }
}
