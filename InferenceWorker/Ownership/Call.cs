using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Hosting.Storage;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// One call's actor: one mailbox, one reader loop, one timer. Everything that happens to the call goes through the mailbox, so its pipeline
/// needs no locks. A full mailbox refuses the newest input, which is counted and logged; the loop does not wait for anything slower than the processor,
/// so that means the machine is overwhelmed. Whenever in doubt (inputs lost, lease lost, store lost), the call is rebuilt from the store.
/// </summary>
/// <param name="callId">The call.</param>
/// <param name="epoch">The ownership this worker acts under.</param>
/// <param name="services">What all calls of a worker share.</param>
/// <param name="logger">Logs without customer words.</param>
public sealed partial class Call(string callId, long epoch, CallServices services, ILogger<Call> logger) : ICallOutput
{
    const int MailboxCapacity = 1024;

    // Where there is no room for everything, voices go first: what was written down of a call can be found again, but a pause that was crowded out would not count.
    const int VoiceCapacity = MailboxCapacity / 2;

    static readonly TimeSpan BroughtWithin = TimeSpan.FromSeconds(2);

    readonly Channel<CallInput> mailbox = Channel.CreateBounded<CallInput>(new BoundedChannelOptions(MailboxCapacity) { SingleReader = true });
    readonly BusChannel<FromWorker> outbound = BusChannels.Call(callId);
    readonly Presence presence = new();
    CallObserver? observer;
    CallTranscription? ears;
    volatile CallJournal? journal;
    string? lookedUpFor;
    string? reconciledFor;

    // A call taken again under the same epoch must not speak in the numbers of its former life: whoever missed the change could not tell.
    long seq = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
    volatile bool retired;
    volatile bool owes;
    volatile bool over;

    /// <summary>The ownership this worker acts under.</summary>
    public long Epoch => epoch;

    /// <summary>The loop has ended, or is about to; a client that comes back needs a new one.</summary>
    public bool IsOver => over || retired;

    /// <summary>Somebody reads.</summary>
    public bool IsRead => !presence.Away;

    /// <summary>How the call stands, for the worker's heartbeat; null while it is not known whether there is such a call: naming it would say that it is held.</summary>
    public CallBeat? Beat => journal is null ? null : new(callId, epoch, Volatile.Read(ref seq));

    bool MaySpeak => !retired && services.Lease.Held;

    /// <summary>Puts an input into the mailbox.</summary>
    /// <param name="input">What happened.</param>
    /// <returns>False when the call is over here; a refusal by a full mailbox is counted and logged, not told.</returns>
    public bool TryPost(CallInput input)
    {
        if (input is AudioHeard && mailbox.Reader.Count >= VoiceCapacity)
        {
            TranscriptionTelemetry.DropFrame("mailboxFull");
        }
        else if (!mailbox.Writer.TryWrite(input) && !IsOver)
        {
            WorkerTelemetry.DropInput("mailboxFull");
            LogMailboxFull(callId);
        }

        return !IsOver;
    }

    /// <summary>Ends the loop without a word: another worker owns the call now.</summary>
    public void Retire()
    {
        retired = true;
        mailbox.Writer.TryComplete();
    }

    /// <summary>Rebuilds the call from the store and handles its inputs until it is over or taken away.</summary>
    /// <param name="cancellationToken">Takes it away: the worker stops.</param>
    /// <returns>What came in too late for this loop.</returns>
    public async Task<IReadOnlyList<CallInput>> Run(CancellationToken cancellationToken)
    {
        StoredCall? stored;
        observer = new CallObserver(callId, services.Ledger.WorkerId, epoch, services.Ledger, services.Time)
        {
            IsRead = () => IsRead,
            Cards = new CardCounts(services.Ledger) { TitleOf = cardId => services.Stages.Playbook().TitleOf(cardId) },
            Tell = (watchId, sightings) => _ = services.Bus.Publish(BusChannels.CallWatch(watchId), sightings),
        };
        services.Ledger.Add(observer);
        try
        {
            List<CallInput> missed = [];
            do
            {
                stored = await Recall(missed, cancellationToken);
            }
            while (stored is not null && !await HandleInputs(stored, missed, cancellationToken));
        }
        finally
        {
            over = true;
            services.Ledger.Remove(observer);
            observer.End();
            mailbox.Writer.TryComplete();
        }

        // Whoever attaches to a call that is not this worker's would be taken in and turned away for ever.
        var late = new List<CallInput>();
        while (stored is not null && mailbox.Reader.TryRead(out var input))
        {
            late.Add(input);
        }

        return late;
    }

    /// <inheritdoc/>
    public void Emit(CallEvent callEvent, string? connectionId = null)
    {
        // What is not said still counts: the gateway sees the gap and asks, once this worker may speak again.
        var number = Interlocked.Increment(ref seq);
        if (!MaySpeak)
        {
            WorkerTelemetry.Fence();
            return;
        }

        observer?.See(callEvent);
        var traceparent = callEvent is SuggestionStarted ? Tracing.Here : null;
        _ = services.Bus.Publish(outbound, new FromWorker(epoch, number, callEvent, connectionId, traceparent));
    }

    /// <inheritdoc/>
    public void Keep(CallInput entry)
    {
        entry = entry is SuggestionFinished finished ? finished with { Tokens = observer?.Tokens } : entry;
        journal?.Note(entry);
        if (MaySpeak)
        {
            observer?.Keep(entry);
        }

        _ = Append(entry);
    }

    /// <summary>The call as the store has it, put back there first if the store has lost it. Null when it is not this worker's, or nobody's.</summary>
    async Task<StoredCall?> Recall(List<CallInput> missed, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var stored = await services.Store.Read(callId, cancellationToken);
                if ((journal?.Call ?? stored) is { } known && (stored?.Ownership?.Epoch ?? 0) < epoch)
                {
                    // The store lost it; or an older owner has put it back already, and may know less.
                    LogRestored(callId);
                    var whole = await services.Store.Restore(known with { Ownership = new CallOwnership("", epoch) }, cancellationToken);
                    stored = await services.Store.Read(callId, cancellationToken);
                    if (!whole && stored is not null)
                    {
                        journal?.MissingFrom(stored).ToList().ForEach(journal.NoteUnkept);
                    }
                }

                if (stored is null)
                {
                    LogUnknown(callId);
                }

                return stored?.Ownership is { } owner && owner.Epoch > epoch ? null : stored;
            }
            catch (CallStoreUnavailableException) when (journal is not null)
            {
                // A store that failed once, too shortly for anybody to be told, must not silence the call for good.
                await using var again = services.Time.CreateTimer(_ => TryPost(new RecheckWanted()), null, StoreWatch.Interval, Timeout.InfiniteTimeSpan);
                if (!await WaitForRecheck(missed, cancellationToken))
                {
                    return null;
                }
            }
        }
    }

    /// <summary>Handles inputs until the call is over or has to be rebuilt.</summary>
    /// <returns>Whether it is over.</returns>
    async Task<bool> HandleInputs(StoredCall stored, List<CallInput> missed, CancellationToken cancellationToken)
    {
        var unkept = journal?.TakeUnkept() ?? [];
        var missing = journal?.MissingFrom(stored) ?? [];
        if (missing.Count > 0)
        {
            _ = Reconcile(missing);
        }

        stored = stored with { Entries = [.. stored.Entries, .. missing, .. unkept] };
        journal = new CallJournal(stored);
        foreach (var entry in unkept)
        {
            _ = Append(entry);
        }

        observer!.Begin(stored);
        var clock = new CallClock(services.Time, stored.Record.StartedAt);
        var model = new ObservedModel(new CallModel(callId, services.Model, services.Time, TryPost), observer);
        ears ??= new CallTranscription(new CallTranscriber(services.Transcription, TryPost));
        var pipeline = new CallPipeline(stored, services.Stages, clock, this, model, ears, presence);
        try
        {
            pipeline.GoOn();
            foreach (var input in missed)
            {
                Handle(pipeline, input);
            }

            missed.Clear();
            await using var alarm = services.Time.CreateTimer(_ => TryPost(new DeadlinePassed()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            while (!pipeline.Over && !retired)
            {
                alarm.Change(pipeline.Due is { } due ? Later(due - clock.Now) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                if (!await mailbox.Reader.WaitToReadAsync(cancellationToken))
                {
                    break;
                }

                while (!pipeline.Over && !retired && mailbox.Reader.TryRead(out var input))
                {
                    switch (input)
                    {
                        case RecheckWanted or StoreLost:
                            return false;
                        case ClientAttached attached when attached.ConnectionId != lookedUpFor && attached.Finals > journal.Finals:
                            lookedUpFor = attached.ConnectionId;
                            missed.Add(input);
                            return false;
                        case LeaseLost:
                            pipeline.Interrupt();
                            return !await WaitForRecheck(missed, cancellationToken);
                        default:
                            Handle(pipeline, input);
                            break;
                    }
                }
            }

            if (pipeline is { Over: true, Wanted: { } wanted })
            {
                _ = SumUp(wanted, cancellationToken);
            }

            return true;
        }
        finally
        {
            pipeline.Interrupt();
        }
    }

    /// <summary>Has a better summary written than the one that was kept when the call ended; where that fails, the first one stands.</summary>
    async Task SumUp(WantedSummary wanted, CancellationToken cancellationToken)
    {
        var written = await new SummaryWriter(services.Model, services.Time, Count).Write(callId, wanted.Question, cancellationToken);
        WorkerTelemetry.SumUp(written is not null);
        await Append(new CallSummed(written ?? wanted.Meanwhile, Pending: false));
    }

    void Count(TokenUse use) => services.Ledger.Count(tally => tally.Add(use));

    /// <summary>Waits, silent, until the store may be read again; what gateways say meanwhile is handled after that.</summary>
    /// <returns>False when the call was taken away.</returns>
    async Task<bool> WaitForRecheck(List<CallInput> missed, CancellationToken cancellationToken)
    {
        while (!retired && await mailbox.Reader.WaitToReadAsync(cancellationToken))
        {
            while (!retired && mailbox.Reader.TryRead(out var input))
            {
                if (input is RecheckWanted)
                {
                    return true;
                }

                if (missed.Count < (input is AudioHeard ? VoiceCapacity : MailboxCapacity))
                {
                    missed.Add(input);
                }
                else
                {
                    WorkerTelemetry.DropInput("silent");
                }
            }
        }

        return false;
    }

    void Handle(CallPipeline pipeline, CallInput input)
    {
        using var span = input.Trace == default ? null : Tracing.Process(services.Bus, BusChannels.WorkerKind, input.Trace);
        try
        {
            journal!.Note(input);
            observer!.Hear(input);
            if (input is WatchAsked asked)
            {
                Show(asked, pipeline);
                return;
            }

            pipeline.Handle(input);
            if (input is KeepLater { Entry: var entry })
            {
                journal.NoteUnkept(entry);
                _ = KeepSoon();
            }
            else if (input is PauseSet or SpeakersSwapped)
            {
                _ = Reconcile(input);
            }
            else if (input is ClientAttached attached && attached.ConnectionId != reconciledFor)
            {
                reconciledFor = attached.ConnectionId;
                _ = Reconcile();
            }
            else if (input is OwedDue or StorageChanged { State: StorageState.Ready })
            {
                journal.TakeUnkept().ToList().ForEach(unkept => _ = Append(unkept));
            }
        }
#pragma warning disable CA1031 // One bad input must not end the call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            WorkerTelemetry.DropInput("handlerFailed");
            LogHandlerFailed(callId, input.GetType().Name, error.GetType().Name);
        }
    }

    void Show(WatchAsked asked, CallPipeline pipeline)
    {
        if (asked.Snapshot)
        {
            var snapshot = new FromWorker(epoch, Volatile.Read(ref seq), pipeline.Look());
            _ = services.Bus.Publish(BusChannels.CallWatch(asked.WatchId), new CallSightings(snapshot, observer!.Records));
        }
    }

    /// <summary>
    /// Compares notes with the store once whoever was bringing something there has had the time: what died on its way is kept by this, and words that a connection
    /// before this one still brought, and this owner never heard, are read.
    /// </summary>
    async Task Reconcile(params IReadOnlyList<CallInput> known)
    {
        while (!IsOver)
        {
            await Task.Delay(BroughtWithin, services.Time);
            try
            {
                if (await services.Store.Read(callId) is not { } found)
                {
                    return;
                }

                foreach (var entry in CallJournal.Missing(known, found))
                {
                    await Append(entry);
                }

                if (CallJournal.FinalsOf(found.Entries) > journal!.Finals)
                {
                    TryPost(new RecheckWanted());
                }

                return;
            }
            catch (CallStoreUnavailableException)
            {
                // Again, for as long as the call is here.
            }
        }
    }

    /// <summary>A store that failed too shortly for anybody to be told is not known to be back either.</summary>
    async Task KeepSoon()
    {
        await Task.Delay(StoreWatch.Interval, services.Time);
        TryPost(new OwedDue());
    }

    async Task Append(CallInput entry)
    {
        try
        {
            var result = await services.Store.Append(callId, epoch, entry, CancellationToken.None);
            switch (result)
            {
                case AppendResult.Kept when owes: owes = false; TryPost(new StorageChanged(StorageState.Ready)); return;
                case AppendResult.Kept: return;
                case AppendResult.Fenced: Retire(); break;
                case AppendResult.Unknown: TryPost(new RecheckWanted()); break;
                case AppendResult.Full: TryPost(new StorageChanged(StorageState.Full)); break;
            }

            WorkerTelemetry.NotKept.Add(1, new KeyValuePair<string, object?>("reason", WorkerTelemetry.Word(result)));
        }
        catch (CallStoreUnavailableException)
        {
            WorkerTelemetry.NotKept.Add(1, new KeyValuePair<string, object?>("reason", "unavailable"));
            owes = true;
            TryPost(new KeepLater(entry));
            TryPost(new StorageChanged(StorageState.Unavailable));
        }
    }

    static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    [LoggerMessage(LogLevel.Error, "Call {CallId}: the mailbox is full; an input was refused")]
    partial void LogMailboxFull(string callId);

    [LoggerMessage(LogLevel.Warning, "Call {CallId} is not in the store; nothing to work on")]
    partial void LogUnknown(string callId);

    [LoggerMessage(LogLevel.Warning, "Call {CallId}: the store lost it; putting it back")]
    partial void LogRestored(string callId);

    [LoggerMessage(LogLevel.Error, "Call {CallId}: handling {Input} failed with {Error}; the call goes on")]
    partial void LogHandlerFailed(string callId, string input, string error);
}
