using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Relay;

/// <summary>
/// Relays a call's events from its owner to one connection. Repair is always a snapshot: after a gap, or when the reader fell behind,
/// nothing is sent until a <see cref="Restored"/> comes. A slow reader never holds up the bus.
/// </summary>
/// <param name="epoch">The ownership whose events count.</param>
/// <param name="tellOwner">Tells the call's owner that the reader fell behind, caught up, or missed an event. Must not block.</param>
public sealed class CallRelay(ClientAttached connection, long epoch, long lastNumber, Action<CallInput> tellOwner, TimeProvider time)
{
    readonly Lock sync = new();
    readonly SequenceFollower sequence = new(epoch);
    long awaitingSince = time.GetTimestamp();
    bool begun;
    bool askedForHolder;

    public GatewaySpans Spans { get; } = new(time);
    public Outbox Outbox { get; } = new(lastNumber, time);
    public ShownState Shown { get; } = new();

    /// <summary>The call is over for this connection.</summary>
    public bool Ended { get; private set; }

    /// <summary>The connection does not read, and the owner was told.</summary>
    public bool Behind { get; private set; }

    /// <summary>Whether the owner had the call off the record when it last sent a snapshot; null before the first.</summary>
    public bool? OwnerPaused { get; private set; }

    /// <summary>How long the connection has been waiting for a snapshot; zero when it is not, or when it does not read.</summary>
    public TimeSpan Waiting => sequence.AwaitingSnapshot && !Behind && !Ended ? time.GetElapsedTime(awaitingSince) : TimeSpan.Zero;

    /// <summary>The connection as its owner must know it, with the last turns whose outcome it was shown.</summary>
    public ClientAttached Connection => connection with { Settled = Shown.SettledTurns };

    /// <summary>Sends what waits to the connection, until the call is over for it.</summary>
    public Task Send(ICallClient client, CancellationToken gone) => Outbox.Send(client, CatchUp, gone);

    /// <summary>Relays a message of the worker. Never waits.</summary>
    public void Relay(FromWorker message)
    {
        lock (sync)
        {
            if (Ended || message.Epoch < sequence.Epoch)
            {
                GatewayTelemetry.Drop(Ended ? "afterEnd" : "oldEpoch");
                return;
            }

            MoveTo(message.Epoch);
            switch (message.Event)
            {
                case Restored when message.ConnectionId is { } holder && holder != connection.ConnectionId:
                    OtherHolds(older: message.Since < connection.Since);
                    break;
                // The owner was told that nobody reads: only the word that the reader caught up makes it answer again.
                case Restored when message.ConnectionId is not null && Behind:
                    GatewayTelemetry.Drop("readerBehind");
                    break;
                case Restored restored when message.ConnectionId is not null:
                    (begun, askedForHolder, OwnerPaused) = (true, false, restored.Status.Paused);
                    sequence.Restart(message.Seq);
                    Enqueue(restored);
                    break;
                case CallEnded ended when begun || ended.Reason == EndReason.Ended:
                    End(ended);
                    break;
                default:
                    Follow(message);
                    break;
            }
        }
    }

    /// <summary>Another worker owns the call: what the previous one had open is withdrawn.</summary>
    public void MoveTo(long newEpoch)
    {
        lock (sync)
        {
            if (sequence.MoveTo(newEpoch))
            {
                awaitingSince = time.GetTimestamp();
                Withdraw(WithdrawReason.WorkerLost);
            }
        }
    }

    /// <summary>Compares what the owner says it has sent with what came.</summary>
    public void Compare(CallBeat beat)
    {
        lock (sync)
        {
            if (beat.Epoch == sequence.Epoch && !Ended && sequence.MissesTail(beat.LastSeq))
            {
                AskSnapshot("lostTail");
            }
        }
    }

    /// <summary>Sets whether storage can be reached: where a worker cannot say it, the gateway does.</summary>
    public void SetStorage(bool away)
    {
        lock (sync)
        {
            if (Shown.SetStorage(away) is { } changed && !sequence.AwaitingSnapshot && !Ended)
            {
                Enqueue(changed);
            }
        }
    }

    /// <summary>The connection does not read: nothing more is queued until it does, then it gets one snapshot.</summary>
    public void FallBehind()
    {
        lock (sync)
        {
            // The one event it was stuck at may have gone through in this moment; nobody would then notice that it caught up.
            if (Outbox.HasUnsent && !Behind && !Ended)
            {
                GatewayTelemetry.Drop("readerBehind");
                sequence.Await();
                Behind = true;
                tellOwner(new ClientDetached(connection.ConnectionId, (long)Outbox.Stalled.TotalMilliseconds));
            }
        }
    }

    /// <summary>Asks the owner for the state once more: the snapshot has not come.</summary>
    public void AskAgain()
    {
        awaitingSince = time.GetTimestamp();
        tellOwner(Connection);
    }

    /// <summary>
    /// Another connection holds the call as the owner has it. An older one asked before the owner knew of this one, however often: the
    /// owner's answer to this one tells who holds the call. So it is with a newer one, until the owner has answered once.
    /// </summary>
    void OtherHolds(bool older)
    {
        if (!askedForHolder && (older || !begun))
        {
            askedForHolder = true;
            // One that does not read tells the owner once it does.
            if (!Behind)
            {
                tellOwner(Connection);
            }
        }
        else if (!older)
        {
            End(new CallEnded(EndReason.MovedElsewhere));
        }
    }

    void Follow(FromWorker message)
    {
        switch (sequence.Follow(message.Epoch, message.Seq))
        {
            case SequenceStep.Next:
                Enqueue(Spans.Complete(message.Event));
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
        sequence.Await();
        awaitingSince = time.GetTimestamp();
        tellOwner(new SnapshotAsked(connection.ConnectionId));
    }

    void Enqueue(CallEvent callEvent)
    {
        if (Outbox.TryAdd(Shown.Adapt(callEvent)))
        {
            Shown.Follow(callEvent, Outbox.LastNumber);
        }
        else
        {
            FallBehind();
        }
    }

    void CatchUp()
    {
        lock (sync)
        {
            if (Behind && !Ended)
            {
                awaitingSince = time.GetTimestamp();
                Behind = false;
                tellOwner(Connection);
            }
        }
    }

    void Withdraw(WithdrawReason reason)
    {
        if (Shown.OpenSuggestionId is { } open)
        {
            Enqueue(new SuggestionWithdrawn(open, reason));
        }
    }

    void End(CallEnded last)
    {
        Ended = true;
        Withdraw(WithdrawReason.CallEnded);
        Enqueue(last);
        Outbox.Complete();
    }
}
