using Teleprompter.Bus;
using Teleprompter.Gateway.Relay;

namespace Teleprompter.Gateway.Calls;

/// <summary>A call as the gateway that holds its socket knows it.</summary>
/// <param name="Record">The call.</param>
/// <param name="ConnectionId">The connection that holds it.</param>
/// <param name="Ledger">The life of its segments.</param>
/// <param name="Clock">Its clock.</param>
/// <param name="Relay">Brings the connection its events.</param>
/// <param name="Since">When the client attempted the connection, on the call's clock, in milliseconds.</param>
/// <param name="Spans">Measures the gateway's part.</param>
public sealed record LiveCall(
    CallRecord Record,
    string ConnectionId,
    long Since,
    SegmentLedger Ledger,
    CallClock Clock,
    CallRelay Relay,
    GatewaySpans Spans)
{
    readonly int finalsAtStart = Ledger.Count;
    long seq;

    /// <summary>Who owns it.</summary>
    public required CallOwnership Ownership { get; set; }

    /// <summary>What the client has set. While the call is paused, nothing said is passed on.</summary>
    public CallSettings Settings { get; set; } = CallSettings.Initial;

    /// <summary>The client has paused or resumed over this connection.</summary>
    public bool PauseIsOwn { get; set; }

    /// <summary>
    /// Whether it is off the record: as the client set it over this connection, else as the owner knows it, who may know of a pause that the store does not. Null where
    /// neither has spoken yet and the call was paused before.
    /// </summary>
    public bool? OffTheRecord => PauseIsOwn || Settings.Pause.AtMs == 0 ? Settings.Pause.Paused : Relay.OwnerPaused;

    /// <summary>What a new owner must hear again.</summary>
    public RecentVoices Voices { get; } = new();

    /// <summary>A claim was under way when the store failed to answer: it may have been granted, whatever this gateway believes.</summary>
    public bool Doubted { get; set; }

    /// <summary>What holds for the call as the client set it; empty where it never set anything.</summary>
    public IEnumerable<CallInput> InForce
    {
        get
        {
            if (Settings.Pause.AtMs > 0)
            {
                yield return Settings.Pause;
            }

            if (Settings.Swap.AtMs > 0)
            {
                yield return Settings.Swap;
            }
        }
    }

    /// <summary>The same for a new owner, who keeps it once more, since the store may not have taken it yet.</summary>
    public IEnumerable<CallInput> Standing => InForce.SelectMany(input => (CallInput[])[input, new KeepLater(input)]);

    /// <summary>When its owner's heartbeat last named it, or somebody looked why it does not; on the call's clock.</summary>
    public TimeSpan HeldAt { get; set; } = Clock.Now;

    /// <summary>What the owner must know of the connection.</summary>
    public ClientAttached Attached => new(ConnectionId, Since, finalsAtStart, Relay.Settled);

    /// <summary>The connection in this gateway's heartbeat.</summary>
    public ConnectionBeat Beat => new(Record.CallId, Ownership.Epoch, Attached, Interlocked.Read(ref seq));

    /// <summary>The search for a new owner, under way or done: whoever wants one meanwhile waits for the same.</summary>
    public Task Moving { get; private set; } = Task.CompletedTask;

    /// <summary>Cancelled when the connection is gone.</summary>
    public CancellationTokenSource Gone { get; } = new();

    /// <summary>The connection is gone.</summary>
    public void Leave() => Gone.Cancel();

    /// <summary>Looks for a new owner, unless that is under way.</summary>
    /// <param name="look">The search.</param>
    /// <returns>The search under way.</returns>
    public Task Move(Func<Task> look)
    {
        lock (Gone)
        {
            return Moving.IsCompleted ? Moving = look() : Moving;
        }
    }

    /// <summary>The call's clock, in milliseconds.</summary>
    public long NowMs => (long)Clock.Now.TotalMilliseconds;

    /// <summary>
    /// Addresses an input to the owner. Voices count in no sequence: they come beside everything else, have numbers of their own, and what is lost of them is
    /// not to be found anywhere again.
    /// </summary>
    /// <param name="input">What happened.</param>
    /// <param name="traceparent">The sender's place in a trace; null for none.</param>
    /// <returns>The message.</returns>
    public ToWorker Address(CallInput input, string? traceparent = null) =>
        new(Record.CallId, Ownership.Epoch, ConnectionId, input is AudioHeard ? 0 : Interlocked.Increment(ref seq), input, traceparent);
}
