using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>Ends a call wherever it is live, and deletes what is kept of it.</summary>
public sealed class CallErasure(ICallStore store, IMessageBus bus)
{
    /// <param name="reason">What its client is told.</param>
    /// <exception cref="CallStoreUnavailableException">The call has ended, and what is kept could not be deleted now.</exception>
    public Task Erase(StoredCall call, EndReason reason) => Erase(call.Record, call.Ownership, reason);

    /// <summary>Erases a call whose connection is here: nothing more of it is taken, whether or not the store answers.</summary>
    /// <inheritdoc cref="Erase(StoredCall, EndReason)"/>
    public Task Erase(LiveCall call, EndReason reason)
    {
        call.Erased = true;
        call.Audio.Clear();
        return Erase(call.Record, call.Ownership, reason);
    }

    async Task Erase(CallRecord call, CallOwnership? owner, EndReason reason)
    {
        // The owner is told first: its streams end even while the store is away. What it still writes, the store refuses.
        if (owner is not null)
        {
            var erased = new ToWorker(call.CallId, owner.Epoch, ConnectionId: "", Seq: 0, new CallErased(reason));
            _ = bus.Publish(BusChannels.Worker(owner.WorkerId), erased);
        }

        await store.Erase(call.CallId, call.Subject);
    }
}
