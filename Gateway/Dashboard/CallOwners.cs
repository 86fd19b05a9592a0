using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Finds the owners of live calls for the dashboard, and sends to them.</summary>
/// <param name="fleet">Knows the owners that have told of their calls.</param>
public sealed class CallOwners(FleetWatch fleet, ICallStore store, IMessageBus bus)
{
    /// <summary>Finds the owner of a call.</summary>
    /// <exception cref="HubException">There is no such call, or storage cannot be reached.</exception>
    public async Task<CallOwnership> Find(string callId, CancellationToken cancellationToken) =>
        fleet.OwnerOf(callId)
            ?? await FindStored(callId, cancellationToken)
            ?? throw new HubException("No such call is live. It may have just ended.");

    /// <summary>Finds the owner that the store knows; null when it knows none.</summary>
    /// <exception cref="HubException">Storage cannot be reached.</exception>
    public async Task<CallOwnership?> FindStored(string callId, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.Read(callId, cancellationToken))?.Ownership;
        }
        catch (CallStoreUnavailableException error)
        {
            var refusal = new Refusal("Storage cannot be reached now, and who owns the call is not known. Try again.", MayRetry: true);
            throw new HubException(refusal.ToString(), error);
        }
    }

    /// <summary>Sends an input to an owner.</summary>
    /// <returns>How many received it; null when the bus is away.</returns>
    public Task<long?> Send(CallOwnership owner, string callId, CallInput input) =>
        bus.Publish(BusChannels.Worker(owner.WorkerId), new ToWorker(callId, owner.Epoch, ConnectionId: "", Seq: 0, input));
}
