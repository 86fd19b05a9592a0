using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>Ends a call wherever it is live, and deletes what is kept of it.</summary>
public sealed class CallErasure(ICallStore store, IMessageBus bus)
{
    /// <param name="owner">Its owner; null for none.</param>
    /// <param name="reason">What its client is told.</param>
    /// <exception cref="CallStoreUnavailableException">The call has ended, and what is kept could not be deleted now.</exception>
    public async Task Erase(string callId, CallOwnership? owner, EndReason reason)
    {
        // The owner is told first: its streams end even while the store is away. What it still writes, the store refuses.
        if (owner is not null)
        {
            var erased = new ToWorker(callId, owner.Epoch, ConnectionId: "", Seq: 0, new CallErased(reason));
            _ = bus.Publish(BusChannels.Worker(owner.WorkerId), erased);
        }

        await store.Erase(callId);
    }

    /// <summary>Erases a call whose connection is here: nothing more of it is taken, whether or not the store answers.</summary>
    /// <inheritdoc cref="Erase(string, CallOwnership?, EndReason)"/>
    public Task Erase(LiveCall call, EndReason reason)
    {
        call.Erased = true;
        call.Audio.Clear();
        return Erase(call.Record.CallId, call.Ownership, reason);
    }
}
