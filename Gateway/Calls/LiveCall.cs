using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Relay;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Calls;

/// <summary>A call as the gateway knows it that holds its client's connection.</summary>
public sealed class LiveCall
{
    /// <summary>A gateway that was paused itself accepts an attempt up to this late, and still knows which of two is the newer.</summary>
    public static readonly TimeSpan AttemptAcceptedWithin = TimeSpan.FromSeconds(30);

    readonly Lock sync = new();
    Task replacement = Task.CompletedTask;
    long lastSeq;

    /// <param name="stored">The call as the store has it, with its owner.</param>
    /// <param name="resume">What the client said of the connection before; null for a new call.</param>
    public LiveCall(StoredCall stored, HubCallerContext connection, ResumeRequest? resume, CallRouter router, TimeProvider time)
    {
        (Record, Connection, Ownership) = (stored.Record, connection, stored.Ownership!);
        Consent = stored.Consent;
        Settings = CallSettings.Of(stored.Entries);
        Segments = SegmentLedger.From(stored.Entries);
        Clock = new CallClock(time, Record.StartedAt);
        HeldAt = Clock.Now;
        var attached = new ClientAttached(connection.ConnectionId, AttemptedAt(resume?.AtMs, NowMs), Segments.Count);
        Relay = new CallRelay(attached, Ownership.Epoch, resume?.LastNumber ?? 0, input => _ = router.Send(this, input), time);
        Relay.Spans.Rehearses = Record.Rehearsal is not null;
    }

    public CallRecord Record { get; }
    public HubCallerContext Connection { get; }
    public CallRelay Relay { get; }
    public SegmentLedger Segments { get; }
    public RecentAudio Audio { get; } = new();
    public CallClock Clock { get; }
    public CallOwnership Ownership { get; set; }

    /// <summary>The consent that is recorded; null for none.</summary>
    public RecordedConsent? Consent { get; set; }

    /// <summary>The call was deleted: nothing more of it is taken.</summary>
    public bool Erased { get; set; }

    /// <summary>What the client has set. While the call is paused, nothing said is passed on.</summary>
    public CallSettings Settings { get; set; }

    /// <summary>The client has paused or resumed over this connection.</summary>
    public bool PauseIsOwn { get; set; }

    /// <summary>
    /// Whether the call is off the record: as the client set it over this connection, else as the owner says, who may know of a pause that
    /// the store does not have. Null where the call was paused before and the owner has not said anything yet.
    /// </summary>
    public bool? OffTheRecord => PauseIsOwn || Settings.Pause.AtMs == 0 ? Settings.Pause.Paused : Relay.OwnerPaused;

    /// <summary>A claim was under way when the store failed to answer: it may have been granted.</summary>
    public bool OwnershipDoubted { get; set; }

    /// <summary>When the owner's heartbeat last named the call, or somebody checked why it does not; on the call's clock.</summary>
    public TimeSpan HeldAt { get; set; }

    /// <summary>The call's clock, in milliseconds.</summary>
    public long NowMs => (long)Clock.Now.TotalMilliseconds;

    /// <summary>The call in this gateway's heartbeat.</summary>
    public ConnectionBeat Beat => new(Record.CallId, Ownership.Epoch, Relay.Connection, Interlocked.Read(ref lastSeq));

    /// <summary>Cancelled when the connection is closed.</summary>
    public CancellationToken Gone => Leaving.Token;

    /// <summary>The search for a new owner is under way.</summary>
    public bool IsMoving => !replacement.IsCompleted;

    /// <summary>The settings that the client has ever changed.</summary>
    public IEnumerable<CallInput> ChangedSettings =>
        new CallInput[] { Settings.Pause, Settings.Swap }.Except([CallSettings.Initial.Pause, CallSettings.Initial.Swap]);

    /// <summary>Relays the call's events to the client until the connection is closed or the call is over for it.</summary>
    public Task Run(IMessageBus bus, IBusSubscription<FromWorker> events, ICallClient client) =>
        Task.WhenAll(Read(bus, events), Relay.Send(client, Gone));

    /// <summary>Relays the voice of a rehearsal's buyer until the connection is closed.</summary>
    public Task Speak(IMessageBus bus, ICallClient client)
    {
        var relay = new SpeechRelay();
        return Task.WhenAll(ReadSpeech(bus, relay), relay.Send(client, Gone));
    }

    /// <summary>The connection is closed.</summary>
    public void Leave() => Leaving.Cancel();

    /// <summary>Starts the search for a new owner, unless one is under way.</summary>
    public Task ReplaceOwner(Func<Task> search)
    {
        lock (sync)
        {
            return replacement.IsCompleted ? replacement = search() : replacement;
        }
    }

    /// <summary>
    /// Addresses an input to the owner. Audio, and how far a voice was played, have no place in the sequence: they come between everything
    /// else, and what is lost of them can be repaired nowhere.
    /// </summary>
    public ToWorker Address(CallInput input, string? traceparent = null) => new(
        Record.CallId,
        Ownership.Epoch,
        Connection.ConnectionId,
        input is AudioHeard or SpeechPlayed { Report.Stopped: false } ? 0 : Interlocked.Increment(ref lastSeq),
        input,
        traceparent);

    /// <summary>When a connection was attempted, which tells the newer of two: never in the future, whatever its client says.</summary>
    /// <param name="attemptedMs">When the client says it was, on the call's clock, in milliseconds.</param>
    /// <param name="nowMs">When it was accepted, on the call's clock, in milliseconds.</param>
    public static long AttemptedAt(long? attemptedMs, long nowMs) =>
        Math.Clamp(attemptedMs ?? nowMs, nowMs - (long)AttemptAcceptedWithin.TotalMilliseconds, nowMs);

    CancellationTokenSource Leaving { get; } = new();

    async Task ReadSpeech(IMessageBus bus, SpeechRelay relay)
    {
        await using var frames = await bus.Subscribe(BusChannels.Speech(Record.CallId), Gone);
        await foreach (var frame in frames.WithCancellation(Gone))
        {
            relay.Relay(frame, Ownership.Epoch);
        }
    }

    async Task Read(IMessageBus bus, IBusSubscription<FromWorker> events)
    {
        await using var subscription = events;
        await foreach (var message in events.WithCancellation(Gone))
        {
            using var span = Tracing.Process(bus, BusChannels.CallKind, Tracing.ContextOf(message.Traceparent));
            Relay.Relay(message);
        }
    }
}
