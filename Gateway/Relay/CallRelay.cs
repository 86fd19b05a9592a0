using System.Threading.Channels;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Relay;

/// <summary>
/// Brings one connection its call: checks epoch and sequence, numbers each event, and never lets a slow reader hold up the bus. Repair is always
/// a snapshot: after a gap, or when the reader fell behind, everything waits for a <see cref="Restored"/>.
/// </summary>
public sealed class CallRelay
{
    /// <summary>Events that wait for a connection at most; a reader further behind gets one snapshot instead of them.</summary>
    public const int OutboxCapacity = 256;

    /// <summary>Lines of team leads whose receipts are awaited; beyond that the oldest gets none.</summary>
    const int LinesAwaited = 20;

    /// <summary>Turns whose outcome a new owner is told of: it answers no more than the last of each speaker again.</summary>
    const int SettledKept = 4;

    const long NotSending = long.MinValue;

    readonly Channel<CallEvent> outbox = Channel.CreateBounded<CallEvent>(new BoundedChannelOptions(OutboxCapacity) { SingleReader = true });
    readonly string connectionId;
    readonly GatewaySpans spans;
    readonly TimeProvider time;
    readonly SequenceFollower sequence;
    readonly ShownStatus status = new();
    readonly Queue<(long Number, string NudgeId)> lines = [];
    readonly Queue<string> settled = new(SettledKept);
    long number;
    bool begun;
    bool ended;
    bool behind;
    string? openSuggestionId;
    long waitingSince;
    long sendingSince = NotSending;

    /// <summary>Creates the relay of a connection.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="epoch">The ownership whose events count.</param>
    /// <param name="number">The number of the last event the client handled.</param>
    /// <param name="spans">Measures the gateway's part of each suggestion.</param>
    /// <param name="time">The clock.</param>
    public CallRelay(string connectionId, long epoch, long number, GatewaySpans spans, TimeProvider time)
    {
        (this.connectionId, this.number, this.spans, this.time) = (connectionId, number, spans, time);
        sequence = new SequenceFollower(epoch);
        waitingSince = time.GetTimestamp();
    }

    /// <summary>Tells the call's owner that the reader fell behind, caught up, or missed something.</summary>
    public Action<CallInput>? TellOwner { private get; set; }

    /// <summary>How long the connection has not taken the event that is being sent; zero when none is.</summary>
    public TimeSpan Stalled => Volatile.Read(ref sendingSince) is var since and not NotSending ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How long the connection has been waiting for a snapshot that was asked for; zero when it is not, or when it is the connection that does not read.</summary>
    public TimeSpan Waiting => sequence.AwaitingSnapshot && !behind && !ended ? time.GetElapsedTime(waitingSince) : TimeSpan.Zero;

    /// <summary>No suggestion is open or on its way: a change of owner disturbs nobody.</summary>
    public bool AtBoundary => openSuggestionId is null && !status.Thinking;

    /// <summary>The connection has fallen behind, and its owner was told.</summary>
    public bool Behind => behind;

    /// <summary>Whether the owner had the call off the record when it last sent a snapshot; null before the first.</summary>
    public bool? OwnerPaused { get; private set; }

    /// <summary>The last turns whose outcome was shown, oldest first; null when there is none yet.</summary>
    public IReadOnlyList<string>? Settled
    {
        get
        {
            lock (outbox)
            {
                return settled.Count == 0 ? null : [.. settled];
            }
        }
    }

    /// <summary>The call is over for this connection.</summary>
    public bool Ended => ended;

    /// <summary>Whether storage can be reached: where a worker cannot say it, the gateway does.</summary>
    /// <param name="away">It cannot.</param>
    public void SetStorage(bool away)
    {
        lock (outbox)
        {
            if (status.SetStorage(away) is { } changed && !sequence.AwaitingSnapshot && !ended)
            {
                Enqueue(changed);
            }
        }
    }

    /// <summary>The client has handled the events up to a number.</summary>
    /// <param name="upTo">The number.</param>
    /// <returns>The lines of team leads among those it had not acknowledged before.</returns>
    public IReadOnlyList<string> Acknowledge(long upTo)
    {
        lock (outbox)
        {
            var shown = new List<string>();
            while (lines.TryPeek(out var line) && line.Number <= upTo)
            {
                shown.Add(lines.Dequeue().NudgeId);
            }

            return shown;
        }
    }

    /// <summary>Compares what the owner says it has sent with what came.</summary>
    /// <param name="beat">The call's part of the owner's heartbeat.</param>
    public void Compare(CallBeat beat)
    {
        lock (outbox)
        {
            if (beat.Epoch == sequence.Epoch && !ended && sequence.MissesTail(beat.LastSeq))
            {
                AskSnapshot("lostTail");
            }
        }
    }

    /// <summary>The connection does not take what is sent to it: nothing more is queued until it does, then it gets one snapshot.</summary>
    public void FallBehind()
    {
        lock (outbox)
        {
            // The one event it was stuck at may have gone through in this moment; nobody would then notice that it caught up.
            var stuck = Stalled > TimeSpan.Zero || outbox.Reader.TryPeek(out _);
            if (stuck && !behind && !ended)
            {
                GatewayTelemetry.Drop("readerBehind");
                sequence.Await();
                behind = true;
                TellOwner?.Invoke(new ClientDetached(connectionId, (long)Stalled.TotalMilliseconds));
            }
        }
    }

    /// <summary>Asks the owner for the state once more: what was asked for has not come.</summary>
    public void AskAgain()
    {
        waitingSince = time.GetTimestamp();
        TellOwner?.Invoke(new ClientAttached(connectionId));
    }

    /// <summary>Another worker owns the call now: what the old one had open is over.</summary>
    /// <param name="newEpoch">The new ownership.</param>
    public void MoveTo(long newEpoch)
    {
        lock (outbox)
        {
            if (sequence.MoveTo(newEpoch))
            {
                waitingSince = time.GetTimestamp();
                Withdraw(WithdrawReason.WorkerLost);
            }
        }
    }

    /// <summary>Takes what the worker says. Never waits.</summary>
    /// <param name="message">What it says.</param>
    public void Relay(FromWorker message)
    {
        lock (outbox)
        {
            if (ended || message.Epoch < sequence.Epoch)
            {
                GatewayTelemetry.Drop(ended ? "afterEnd" : "oldEpoch");
                return;
            }

            MoveTo(message.Epoch);
            if (message is { Event: Restored, ConnectionId: { } holder })
            {
                Restore(message, holder);
            }
            else if (message.Event is CallEnded ended && (begun || ended.Reason == EndReason.Ended))
            {
                End(message.Event);
            }
            else
            {
                Follow(message);
            }
        }
    }

    /// <summary>Sends what waits to the connection, one event after the other, until the call is over for it.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    /// <returns>When over.</returns>
    public async Task Pump(ICallClient client, CancellationToken cancellationToken)
    {
        while (await outbox.Reader.WaitToReadAsync(cancellationToken))
        {
            while (outbox.Reader.TryRead(out var callEvent))
            {
                Volatile.Write(ref sendingSince, time.GetTimestamp());
                await client.Receive(callEvent);
                Volatile.Write(ref sendingSince, NotSending);
            }

            CatchUp();
        }
    }

    void Restore(FromWorker message, string holder)
    {
        if (holder != connectionId)
        {
            End(new CallEnded(EndReason.MovedElsewhere));
            return;
        }

        begun = true;
        behind = false;
        sequence.Restart(message.Seq);
        var restored = (Restored)message.Event;
        openSuggestionId = restored.Suggestion?.SuggestionId;
        OwnerPaused = restored.Status.Paused;
        Enqueue(message.Event);
    }

    void Follow(FromWorker message)
    {
        switch (sequence.Follow(message.Epoch, message.Seq))
        {
            case SequenceStep.Next:
                Enqueue(spans.Complete(message.Event));
                break;
            case SequenceStep.Repeated:
                GatewayTelemetry.Drop("repeated");
                break;
            case SequenceStep.Gap:
                AskSnapshot("gap");
                break;
        }
    }

    void AskSnapshot(string reason)
    {
        GatewayTelemetry.Drop(reason);
        Await();
        TellOwner?.Invoke(new SnapshotAsked(connectionId));
    }

    void Await()
    {
        sequence.Await();
        waitingSince = time.GetTimestamp();
    }

    void Enqueue(CallEvent callEvent)
    {
        if (!outbox.Writer.TryWrite(status.Show(callEvent) with { Number = number + 1 }))
        {
            FallBehind();
            return;
        }

        number++;
        Note(callEvent);
    }

    void Note(CallEvent callEvent)
    {
        if (callEvent is Nudged line)
        {
            lines.Enqueue((number, line.NudgeId));
            if (lines.Count > LinesAwaited)
            {
                lines.Dequeue();
            }
        }

        if (callEvent is TurnSettled turn)
        {
            settled.Enqueue(turn.TurnId);
            if (settled.Count > SettledKept)
            {
                settled.Dequeue();
            }
        }

        openSuggestionId = callEvent switch
        {
            SuggestionStarted started => started.SuggestionId,
            SuggestionCompleted or SuggestionWithdrawn => null,
            _ => openSuggestionId,
        };
    }

    void CatchUp()
    {
        lock (outbox)
        {
            if (behind && !ended)
            {
                Await();
                behind = false;
                TellOwner?.Invoke(new ClientAttached(connectionId));
            }
        }
    }

    void Withdraw(WithdrawReason reason)
    {
        if (openSuggestionId is { } open)
        {
            Enqueue(new SuggestionWithdrawn(open, reason));
        }
    }

    void End(CallEvent last)
    {
        ended = true;
        Withdraw(WithdrawReason.CallEnded);
        Enqueue(last);
        outbox.Writer.TryComplete();
    }
}
