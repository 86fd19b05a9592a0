using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>Sends a call's events and keeps its entries. Neither method waits: a slow client or store never slows the pipeline.</summary>
public interface ICallOutput
{
    /// <summary>Sends an event to the gateway that holds the call's socket.</summary>
    /// <param name="callEvent">The event, not yet numbered.</param>
    /// <param name="connectionId">On a <see cref="Restored"/>, the connection that holds the call.</param>
    /// <param name="since">And when it was attempted, as in <see cref="ClientAttached"/>.</param>
    void Emit(CallEvent callEvent, string? connectionId = null, long? since = null);

    /// <summary>Appends to the store what must not be lost.</summary>
    void Keep(CallInput entry);
}
