using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// One watcher's place in a call's events: follows epoch and sequence as the relay of the rep's own connection does, and numbers anew.
/// After a gap, a snapshot is needed. Not thread-safe.
/// </summary>
public sealed class WatchedCall
{
    readonly SequenceFollower sequence = new();
    long number;

    /// <summary>Nothing can be shown until a snapshot comes.</summary>
    public bool Awaiting => sequence.AwaitingSnapshot;

    /// <summary>The call is over.</summary>
    public bool Over { get; private set; }

    /// <summary>Another worker owns the call: what the old one said no longer counts.</summary>
    /// <param name="owner">The owner as it is known now.</param>
    public void Follow(CallOwnership owner) => sequence.MoveTo(owner.Epoch);

    /// <summary>Takes what the owner tells watchers.</summary>
    /// <param name="told">It.</param>
    /// <returns>What to show.</returns>
    public IEnumerable<CallSight> Take(CallSightings told)
    {
        if (told.Snapshot is { } snapshot && (sequence.MoveTo(snapshot.Epoch) || snapshot.Epoch == sequence.Epoch) && Awaiting)
        {
            sequence.Restart(snapshot.Seq);
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
        var step = sequence.Follow(message.Epoch, message.Seq);
        Over = message.Event is CallEnded && step is not (SequenceStep.OldEpoch or SequenceStep.Repeated);
        return Over || step == SequenceStep.Next ? new CallSight(message.Event with { Number = ++number }, Records: null) : null;
    }
}
