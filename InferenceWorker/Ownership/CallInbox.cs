using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>Detects lost inputs of one call, and whether the gateway that holds its connection is alive. Thread-safe.</summary>
public sealed class CallInbox
{
    readonly Lock sync = new();
    ClientAttached? holder;
    SequenceFollower sequence = new();
    long heardAt;
    bool silent;
    bool gone;

    /// <summary>Notes an input.</summary>
    /// <param name="now">The machine's monotonic clock.</param>
    /// <returns>Whether inputs before it were lost.</returns>
    public bool Receive(ToWorker message, long now)
    {
        lock (sync)
        {
            if (message.Input is ClientAttached attached && attached.ConnectionId != holder?.ConnectionId)
            {
                // A call that was just taken from the store has what was said before; one that is held has missed it, if this is not the
                // connection's first word.
                Attach(attached, holder is null ? Math.Max(0, message.Seq - 1) : 0, now);
            }

            if (message.ConnectionId != holder?.ConnectionId)
            {
                return false;
            }

            gone = message.Input switch { ClientDetached => true, ClientAttached => false, _ => gone };
            if (message.Seq == 0)
            {
                return false;
            }

            var lost = sequence.Follow(epoch: 0, message.Seq) == SequenceStep.Gap;
            if (lost)
            {
                sequence.Restart(message.Seq);
            }

            return lost;
        }
    }

    /// <summary>Compares a gateway's heartbeat with what arrived.</summary>
    /// <param name="beat">The call's part of it.</param>
    /// <param name="now">The machine's monotonic clock.</param>
    public InboxStep Compare(ConnectionBeat beat, long now)
    {
        lock (sync)
        {
            if (beat.Attached.ConnectionId != holder?.ConnectionId)
            {
                return holder is null || gone || beat.Attached.Since > holder.Since ? InboxStep.Attach : InboxStep.None;
            }

            var wasGone = silent || gone;
            (heardAt, silent) = (now, false);
            if (wasGone)
            {
                // The connection was taken for gone. What was lost meanwhile is found by the next heartbeat.
                return InboxStep.Attach;
            }

            if (sequence.MissesTail(beat.LastSeq))
            {
                sequence.Restart(beat.LastSeq);
                return InboxStep.Recheck;
            }

            return InboxStep.None;
        }
    }

    /// <summary>Judges whether the gateway that holds the connection is gone; said once.</summary>
    /// <returns>The connection that must be taken for gone; null for none.</returns>
    public string? Silent(TimeProvider time)
    {
        lock (sync)
        {
            if (holder is null || silent || gone || time.GetElapsedTime(heardAt) < GatewayHeartbeat.Timeout)
            {
                return null;
            }

            silent = true;
            return holder.ConnectionId;
        }
    }

    void Attach(ClientAttached attached, long alreadyReceived, long now)
    {
        if (gone || attached.Since >= (holder?.Since ?? 0))
        {
            (holder, sequence, heardAt, silent, gone) = (attached, new SequenceFollower(), now, false, false);
            sequence.Restart(alreadyReceived);
        }
    }
}
