using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Sends reps their team lead's lines, and waits for the receipts.</summary>
public sealed class LineSending(IMessageBus bus, CallOwners owners, TimeProvider time)
{
    /// <summary>How long a receipt is waited for.</summary>
    public static readonly TimeSpan ReceiptWithin = TimeSpan.FromSeconds(2);

    // Whom the provider does not name, and in development mode everybody.
    const string Unnamed = "Team lead";

    /// <summary>Sends the rep of a call a line.</summary>
    /// <returns>Whether the rep's panel shows it.</returns>
    /// <exception cref="HubException">There is no such call, or its owner cannot be reached.</exception>
    public async Task<LineReceipt> Send(string callId, string text, SignedInUser lead, CancellationToken cancellationToken)
    {
        var owner = await owners.Find(callId, lead, cancellationToken);
        var nudgeId = $"n-{Guid.CreateVersion7():N}";
        await using var receipts = await bus.Subscribe(DashboardChannels.Line(nudgeId), cancellationToken);
        var sentAt = time.GetTimestamp();
        var line = new LineSent(nudgeId, lead.Name ?? Unnamed, text);
        var received = await owners.Send(owner, callId, line);
        if (received == 0 && await owners.FindStored(callId, cancellationToken) is { } next)
        {
            received = await owners.Send(next, callId, line);
        }

        if (received is null or 0)
        {
            throw new HubException(new Refusal("The call is changing hands. Send the line again.", MayRetry: true).ToString());
        }

        var shown = await Receipt(receipts, cancellationToken);
        return new LineReceipt(nudgeId, shown, time.GetElapsedTime(sentAt).TotalMilliseconds);
    }

    async Task<bool> Receipt<T>(IBusSubscription<T> receipts, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ReceiptWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await using var first = receipts.GetAsyncEnumerator(either.Token);
            return await first.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
