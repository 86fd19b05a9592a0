using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Rehearsals;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Hub;

/// <summary>
/// Lets calls begin: as many of a signed-in user as one may have at all gateways together, and rehearsals under their own rules. A call's
/// connection holds one of its user's places by a lease for as long as a gateway has it. Without sign-in nobody knows who a user is.
/// </summary>
public sealed class CallAdmission(
    RehearsalGate rehearsals, LiveCalls calls, ILeaseStore leases, ICallStore store, IOptions<RateLimitOptions> limits)
{
    const int AskedAtOnce = 100;

    /// <summary>Lets a new call begin.</summary>
    /// <exception cref="HubException">It may not, and why.</exception>
    public async Task Begin(CallRecord record, string connectionId, CancellationToken cancellationToken)
    {
        await rehearsals.Begin(record, cancellationToken);
        await TakePlace(record, connectionId, cancellationToken);
    }

    /// <summary>Lets a call be taken up again.</summary>
    /// <exception cref="HubException">It may not, and why.</exception>
    public async Task TakeUp(CallRecord record, string connectionId, CancellationToken cancellationToken)
    {
        await rehearsals.TakeLease(record, cancellationToken);
        await TakePlace(record, connectionId, cancellationToken);
    }

    /// <summary>A connection is closed: its place is free.</summary>
    /// <param name="begun">The client has its call, and may come back to it.</param>
    public async Task Leave(CallRecord record, string connectionId, bool begun)
    {
        try
        {
            if (record.Subject is not null)
            {
                await leases.Release(LeaseOf(record), HolderOf(record, connectionId));
            }

            if (!begun)
            {
                await rehearsals.ReleaseLease(record);
            }
        }
        catch (CallStoreUnavailableException)
        {
            // The lease ends by itself.
        }
    }

    /// <summary>Extends the leases of the calls whose connections this gateway has.</summary>
    public async Task ExtendLeases(CancellationToken cancellationToken)
    {
        await rehearsals.ExtendLeases(cancellationToken);
        foreach (var some in calls.All.Where(call => !call.Relay.Ended).Chunk(AskedAtOnce))
        {
            await Task.WhenAll(some.Select(call => Hold(call.Record, call.Connection.ConnectionId, cancellationToken)));
        }
    }

    async Task TakePlace(CallRecord record, string connectionId, CancellationToken cancellationToken)
    {
        var own = HolderOf(record, connectionId);
        var holders = await Hold(record, connectionId, cancellationToken);
        var isIn = holders.Contains(own, StringComparer.Ordinal);
        foreach (var holder in holders.Where(holder => holder != own))
        {
            // An earlier connection of the same call; and where no place is left, a call that has ended.
            var held = holder.Split(':')[0];
            if (held == record.CallId || (!isIn && await store.Read(held, cancellationToken) is { IsClosed: true }))
            {
                await leases.Release(LeaseOf(record), holder, cancellationToken);
            }
        }

        holders = isIn ? holders : await Hold(record, connectionId, cancellationToken);
        if (!holders.Contains(own, StringComparer.Ordinal))
        {
            GatewayTelemetry.Refuse("tooManyCalls");
            throw new HubException(
                $"You have {holders.Count} calls open, the most that Gateway:CallsPerUser allows. End one first, or close it and wait "
                + "15 seconds.");
        }
    }

    /// <returns>Who has the user's places; this connection alone where nobody has signed in.</returns>
    async Task<IReadOnlyList<string>> Hold(CallRecord record, string connectionId, CancellationToken cancellationToken) =>
        record.Subject is null
            ? [HolderOf(record, connectionId)]
            : await leases.Hold(
                LeaseOf(record), HolderOf(record, connectionId), RehearsalGate.LeaseLength, limits.Value.CallsPerUser, cancellationToken);

    static string LeaseOf(CallRecord record) => $"calls:{record.Subject}";

    static string HolderOf(CallRecord record, string connectionId) => $"{record.CallId}:{connectionId}";
}
