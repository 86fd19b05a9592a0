using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// One viewer's place in a call's events: follows epoch and sequence as the relay of the rep's own connection does, and numbers anew. After
/// a gap, a snapshot is needed. Not thread-safe.
/// </summary>
public sealed class WatchedCall
{
    readonly SequenceFollower sequence = new();
    long number;

    /// <summary>Nothing can be shown until a snapshot comes.</summary>
    public bool AwaitingSnapshot => sequence.AwaitingSnapshot;

    /// <summary>It has all records of the owner until this <see cref="CallSightings.Revision"/>.</summary>
    public long Records { get; private set; }

    /// <summary>The call is over.</summary>
    public bool Over { get; private set; }

    /// <summary>Follows a change of owner: events of the previous one no longer count.</summary>
    public void Follow(CallOwnership owner) => sequence.MoveTo(owner.Epoch);

    /// <summary>Receives a message of the bus.</summary>
    /// <param name="message">What the owner tells viewers, or an event on its way to the rep; anything else is ignored.</param>
    public IEnumerable<CallSight> Receive(object message) => message switch
    {
        CallSightings sightings => Receive(sightings),
        FromWorker fromWorker => Receive(fromWorker),
        _ => [],
    };

    IEnumerable<CallSight> Receive(CallSightings sightings)
    {
        if (sightings.Snapshot is { } snapshot && (sequence.MoveTo(snapshot.Epoch) || snapshot.Epoch == sequence.Epoch))
        {
            Records = sightings.Revision;
            if (AwaitingSnapshot)
            {
                sequence.Restart(snapshot.Seq);
                yield return Numbered(snapshot.Event);
            }
        }
        else if (sightings.Snapshot is null && sightings.Revision == Records + 1)
        {
            Records++;
        }

        if (sightings.Records.Count > 0)
        {
            yield return new CallSight(Event: null, sightings.Records);
        }
    }

    IEnumerable<CallSight> Receive(FromWorker message)
    {
        var step = sequence.Follow(message.Epoch, message.Seq);
        Over = message.Event is CallEnded && step is not (SequenceStep.OldEpoch or SequenceStep.Repeated);
        return Over || step == SequenceStep.Next ? [Numbered(message.Event)] : [];
    }

    CallSight Numbered(CallEvent callEvent) => new(callEvent with { Number = ++number }, Records: null);
}
