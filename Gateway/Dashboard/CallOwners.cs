using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Finds the owners of live calls for the dashboard, and sends to them.</summary>
/// <param name="fleet">Knows the owners that have told of their calls.</param>
public sealed class CallOwners(FleetWatch fleet, ICallStore store, IMessageBus bus)
{
    const string NoCall = "No such call is live. It may have just ended.";

    /// <summary>Finds the owner of a call for a viewer.</summary>
    /// <exception cref="HubException">There is no such call that the viewer may see, or storage cannot be reached.</exception>
    public async Task<CallOwnership> Find(string callId, SignedInUser viewer, CancellationToken cancellationToken)
    {
        var (team, owner) = fleet.Find(callId) is { } known
            ? (known.Team, new CallOwnership(known.View.WorkerId, known.Epoch))
            : await Read(callId, cancellationToken) is { } stored
                ? (stored.Record.Team, stored.Ownership)
                : (null, null);
        return owner is not null && viewer.SeesTeam(team) ? owner : throw new HubException(NoCall);
    }

    /// <summary>Finds the owner that the store knows; null when it knows none.</summary>
    /// <exception cref="HubException">Storage cannot be reached.</exception>
    public async Task<CallOwnership?> FindStored(string callId, CancellationToken cancellationToken) =>
        (await Read(callId, cancellationToken))?.Ownership;

    /// <summary>Sends an input to an owner.</summary>
    /// <returns>How many received it; null when the bus is away.</returns>
    public Task<long?> Send(CallOwnership owner, string callId, CallInput input) =>
        bus.Publish(BusChannels.Worker(owner.WorkerId), new ToWorker(callId, owner.Epoch, ConnectionId: "", Seq: 0, input));

    async Task<StoredCall?> Read(string callId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.Read(callId, cancellationToken);
        }
        catch (CallStoreUnavailableException error)
        {
            var refusal = new Refusal("Storage cannot be reached now, and who owns the call is not known. Try again.", MayRetry: true);
            throw new HubException(refusal.ToString(), error);
        }
    }
}
