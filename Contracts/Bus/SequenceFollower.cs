namespace Teleprompter.Bus;

/// <summary>
/// Follows a sequence of messages that are numbered from 1 within an epoch. Finds gaps, repetitions, and a lost tail. Nothing is next until
/// <see cref="Restart"/> names a position, and again after a gap or a new epoch. Not thread-safe.
/// </summary>
/// <param name="epoch">The first epoch whose messages count.</param>
public sealed class SequenceFollower(long epoch = 0)
{
    long announced;

    /// <summary>The newest epoch seen.</summary>
    public long Epoch { get; private set; } = epoch;

    /// <summary>The number of the last message received in <see cref="Epoch"/>; 0 before the first.</summary>
    public long LastSeq { get; private set; }

    /// <summary>The position is unknown: a snapshot must come first.</summary>
    public bool AwaitingSnapshot { get; private set; } = true;

    /// <summary>Judges the next message.</summary>
    /// <param name="epoch">The message's epoch; a newer one is moved to.</param>
    /// <returns>What to do with the message.</returns>
    public SequenceStep Follow(long epoch, long seq)
    {
        MoveTo(epoch);
        if (epoch < Epoch)
        {
            return SequenceStep.OldEpoch;
        }

        if (AwaitingSnapshot)
        {
            return SequenceStep.AwaitingSnapshot;
        }

        if (seq <= LastSeq)
        {
            return SequenceStep.Repeated;
        }

        if (seq > LastSeq + 1)
        {
            AwaitingSnapshot = true;
            return SequenceStep.Gap;
        }

        LastSeq = seq;
        return SequenceStep.Next;
    }

    /// <summary>
    /// Moves to a newer epoch, whose messages count from 1 and need a snapshot first. An older or equal one changes nothing.
    /// </summary>
    public bool MoveTo(long epoch)
    {
        if (epoch <= Epoch)
        {
            return false;
        }

        (Epoch, LastSeq, announced, AwaitingSnapshot) = (epoch, 0, 0, true);
        return true;
    }

    /// <summary>Goes on after a message, whatever was missed before it.</summary>
    public void Restart(long seq) => (LastSeq, AwaitingSnapshot) = (seq, false);

    /// <summary>Stops following until the next <see cref="Restart"/>.</summary>
    public void Await() => AwaitingSnapshot = true;

    /// <summary>
    /// Compares the sender's heartbeat with what came: after the last message before a silence no later one shows the gap. A heartbeat may
    /// overtake the messages it tells of, so a message counts as lost only when it is still missing at the next heartbeat.
    /// </summary>
    /// <param name="lastSent">The number of the last message sent in <see cref="Epoch"/>.</param>
    /// <returns>Whether a message that the previous heartbeat told of is missing.</returns>
    public bool MissesTail(long lastSent)
    {
        var misses = !AwaitingSnapshot && announced > LastSeq;
        announced = lastSent;
        return misses;
    }
}
