using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// One watcher's place in a call's events: checks epoch and sequence as the relay of the rep's own connection does, and numbers anew. Repair is a snapshot. Not thread-safe.
/// </summary>
public sealed class WatchedCall
{
    long epoch;
    long seq;
    long number;

    /// <summary>Nothing can be shown until a snapshot comes.</summary>
    public bool Awaiting { get; private set; } = true;

    /// <summary>The call is over.</summary>
    public bool Over { get; private set; }

    /// <summary>Another worker owns the call: what the old one said no longer counts.</summary>
    /// <param name="owner">The owner as it is known now.</param>
    public void Follow(CallOwnership owner) => Awaiting |= owner.Epoch > epoch;

    /// <summary>Takes what the owner tells watchers.</summary>
    /// <param name="told">It.</param>
    /// <returns>What to show.</returns>
    public IEnumerable<CallSight> Take(CallSightings told)
    {
        if (told.Snapshot is { } snapshot && snapshot.Epoch >= epoch && (Awaiting || snapshot.Epoch > epoch))
        {
            (epoch, seq, Awaiting) = (snapshot.Epoch, snapshot.Seq, false);
            yield return new CallSight(snapshot.Event with { Number = ++number }, Records: null);
        }

        if (told.Records.Count > 0)
        {
            yield return new CallSight(Event: null, told.Records);
        }
    }

    /// <summary>Takes an event on its way to the rep.</summary>
    /// <param name="message">It.</param>
    /// <returns>What to show; null where it is old, or a snapshot must come first.</returns>
    public CallSight? Take(FromWorker message)
    {
        if (message.Epoch < epoch || (message.Epoch == epoch && message.Seq <= seq))
        {
            return null;
        }

        if (message.Event is CallEnded)
        {
            Over = true;
        }
        else if (Awaiting || message.Epoch != epoch || message.Seq != seq + 1)
        {
            Awaiting = true;
            return null;
        }

        seq = message.Seq;
        return new CallSight(message.Event with { Number = ++number }, Records: null);
    }
}
