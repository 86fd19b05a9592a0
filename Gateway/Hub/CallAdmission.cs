using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Rehearsals;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Hub;

/// <summary>
/// Lets calls begin: as many of a signed-in user as one may have at all gateways together, and rehearsals under their own rules. A call
/// holds one of its user's places by a lease for as long as a gateway has its connection. Without sign-in nobody knows who a user is.
/// </summary>
public sealed class CallAdmission(
    RehearsalGate rehearsals, LiveCalls calls, ILeaseStore leases, ICallStore store, IOptions<RateLimitOptions> limits)
{
    const int AskedAtOnce = 100;

    /// <summary>Lets a new call begin.</summary>
    /// <exception cref="HubException">It may not, and why.</exception>
    public async Task Begin(CallRecord record, CancellationToken cancellationToken)
    {
        await rehearsals.Begin(record, cancellationToken);
        await TakePlace(record, cancellationToken);
    }

    /// <summary>Lets a call be taken up again.</summary>
    /// <exception cref="HubException">It may not, and why.</exception>
    public async Task TakeUp(CallRecord record, CancellationToken cancellationToken)
    {
        await rehearsals.TakeLease(record, cancellationToken);
        await TakePlace(record, cancellationToken);
    }

    /// <summary>Extends the leases of the calls whose connections this gateway has.</summary>
    public async Task ExtendLeases(CancellationToken cancellationToken)
    {
        await rehearsals.ExtendLeases(cancellationToken);
        foreach (var some in calls.All.Where(call => !call.Relay.Ended).Chunk(AskedAtOnce))
        {
            await Task.WhenAll(some.Select(call => Hold(call.Record, cancellationToken)));
        }
    }

    async Task TakePlace(CallRecord record, CancellationToken cancellationToken)
    {
        var holders = await Hold(record, cancellationToken);
        if (holders.Contains(record.CallId, StringComparer.Ordinal))
        {
            return;
        }

        // A call that has ended keeps its place until somebody needs it, or the lease ends.
        foreach (var holder in holders)
        {
            if (await store.Read(holder, cancellationToken) is { IsClosed: true })
            {
                await leases.Release(LeaseOf(record), holder, cancellationToken);
            }
        }

        holders = await Hold(record, cancellationToken);
        if (!holders.Contains(record.CallId, StringComparer.Ordinal))
        {
            GatewayTelemetry.Refuse("tooManyCalls");
            throw new HubException(
                $"You have {holders.Count} calls open, the most that Gateway:CallsPerUser allows. End one first, or close it and wait "
                + "15 seconds.");
        }
    }

    /// <returns>The calls of the user; this one alone where nobody has signed in.</returns>
    async Task<IReadOnlyList<string>> Hold(CallRecord record, CancellationToken cancellationToken) => record.Subject is null
        ? [record.CallId]
        : await leases.Hold(
            LeaseOf(record), record.CallId, RehearsalGate.LeaseLength, limits.Value.CallsPerUser, cancellationToken);

    static string LeaseOf(CallRecord record) => $"calls:{record.Subject}";
}
