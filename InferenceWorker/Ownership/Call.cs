using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Telemetry;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>
/// One call's actor: one mailbox, one reader loop, one timer. Everything that happens to the call goes through the mailbox, so its pipeline
/// needs no locks. When inputs, the lease or the store's data were lost, the call is rebuilt from the store.
/// </summary>
public sealed partial class Call
{
    readonly string callId;
    readonly CallServices services;
    readonly ILogger<Call> logger;
    readonly CallMailbox mailbox;
    readonly CallPersistence persistence;
    readonly CallOutput output;
    readonly CallObserver observer;
    readonly CallTranscription transcription;
    readonly Presence presence = new();
    string? readAgainFor;
    bool missesWords;

    /// <summary>Creates the actor of a call that this worker owns; <see cref="Run"/> starts it.</summary>
    public Call(string callId, long epoch, CallServices services, ILogger<Call> logger)
    {
        (this.callId, Epoch, this.services, this.logger) = (callId, epoch, services, logger);
        mailbox = new CallMailbox(callId, logger);
        persistence = new CallPersistence(callId, epoch, services, mailbox, logger);
        output = new CallOutput(callId, epoch, services, mailbox, persistence);
        observer = new CallObserver(callId, epoch, output, services.Ledger, services.Time)
        {
            IsRead = () => IsRead,
            MaySend = () => output.MaySend,
            Cards = new CardCounts(services.Ledger) { TitleOf = cardId => services.Stages.Matching.Playbook.TitleOf(cardId) },
            Watchers = new CallWatchers(services.Bus, services.Time),
        };
        transcription = new CallTranscription(
            new CallTranscriber(services.Transcription, mailbox.TryPost), services.Transcription.SpeechModel);
    }

    /// <summary>The ownership that this worker acts under.</summary>
    public long Epoch { get; }

    /// <summary>The loop has ended, or is about to; a client that comes back needs a new actor.</summary>
    public bool IsOver => mailbox.Closed;

    /// <summary>Somebody reads the call.</summary>
    public bool IsRead => !presence.Away;

    /// <summary>
    /// The call's part of the worker's heartbeat; null before the call has been read, since to name it would say that it is held.
    /// </summary>
    public CallBeat? Beat => persistence.Loaded ? new(callId, Epoch, output.LastNumber) : null;

    /// <inheritdoc cref="CallMailbox.TryPost"/>
    public bool TryPost(CallInput input) => mailbox.TryPost(input);

    /// <inheritdoc cref="CallMailbox.Retire"/>
    public void Retire() => mailbox.Retire();

    /// <summary>Rebuilds the call from the store and handles its inputs until it has ended or was taken away.</summary>
    /// <returns>Inputs that came too late for this loop.</returns>
    public async Task<IReadOnlyList<CallInput>> Run(CancellationToken cancellationToken)
    {
        StoredCall? stored;
        services.Ledger.Add(observer);
        try
        {
            do
            {
                stored = await persistence.Load(cancellationToken);
            }
            while (stored is not null && !await HandleInputs(stored, cancellationToken));
        }
        finally
        {
            mailbox.Close();
            services.Ledger.Remove(observer);
        }

        // Whoever attaches to a call that is not this worker's would be taken in and turned away for ever.
        var late = new List<CallInput>();
        while (stored is not null && mailbox.TryRead(out var input))
        {
            late.Add(input);
        }

        return late;
    }

    /// <summary>Handles inputs until the call has ended or must be rebuilt.</summary>
    async Task<bool> HandleInputs(StoredCall stored, CancellationToken cancellationToken)
    {
        observer.Begin(stored);
        observer.Budget ??= new CallBudget(services.Budgets, stored.Record, () => mailbox.TryPost(new ModelStateMoved()));
        observer.Budget.Begin();
        missesWords = false;
        var clock = new CallClock(services.Time, stored.Record.StartedAt);
        var rehearses = stored.Record.Rehearsal is not null;
        var matching = new CallMatching(services.Stages.Matching, mailbox.TryPost) { Rehearses = rehearses };
        var model = new CallModel(callId, services.Model, services.Time, mailbox.TryPost, observer)
        {
            Rehearses = rehearses,
            Repetition = new RepetitionCheck(matching, services.Time),
        };
        var speech = stored.Record.Rehearsal is { Voice: true } && services.Stages.Speech is { } stage
            ? new CallSpeech(stage, output.Send, mailbox.TryPost)
            : null;
        var pipeline = new CallPipeline(stored, services.Stages, clock, observer, model, matching, transcription, presence, speech);
        try
        {
            pipeline.GoOn();
            await using var alarm = services.Time.CreateTimer(
                _ => mailbox.TryPost(new DeadlinePassed()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            while (!pipeline.Over && !mailbox.Retired)
            {
                alarm.Change(pipeline.Due is { } due ? Later(due - clock.Now) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                if (!await mailbox.WaitToRead(cancellationToken))
                {
                    break;
                }

                while (!pipeline.Over && !mailbox.Retired && mailbox.TryRead(out var input))
                {
                    switch (input)
                    {
                        case RecheckWanted or StoreLost:
                            return false;
                        case ClientAttached attached when attached.ConnectionId != readAgainFor && persistence.Misses(attached):
                            readAgainFor = attached.ConnectionId;
                            mailbox.PutBack(input);
                            return false;
                        case LeaseLost:
                            pipeline.Interrupt();
                            return !await mailbox.WaitForRecheck(cancellationToken);
                        default:
                            Handle(pipeline, input);
                            break;
                    }
                }
            }

            if (pipeline is { Over: true, Wanted: { } wanted })
            {
                _ = WriteSummary(wanted, cancellationToken);
            }

            return true;
        }
        finally
        {
            pipeline.Interrupt();
        }
    }

    void Handle(CallPipeline pipeline, CallInput input)
    {
        using var span = input.Trace == default ? null : Tracing.Process(services.Bus, BusChannels.WorkerKind, input.Trace);
        try
        {
            if (input is WatchAsked asked)
            {
                observer.Watchers!.Add(asked, observer.RecordsRevision, () => new(
                    new FromWorker(Epoch, output.LastNumber, pipeline.Snapshot()), observer.Records, observer.RecordsRevision));
                return;
            }

            persistence.Note(input);
            observer.Record(input);
            missesWords |= pipeline.Paused && input is SegmentHeard { Segment.Final: true };
            pipeline.Handle(input);
            if (missesWords && !pipeline.Paused)
            {
                // Gateways refuse what is off the record, so these words were on it: a former owner died with the resume still to be kept.
                mailbox.TryPost(new RecheckWanted());
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

    /// <summary>
    /// Has a model write a better summary than the one that was kept when the call ended; where that fails, the first one stands.
    /// </summary>
    async Task WriteSummary(WantedSummary wanted, CancellationToken cancellationToken)
    {
        var writer = new SummaryWriter(services.Model, services.Time, observer.Spend);
        var written = await writer.Write(callId, wanted.Question, cancellationToken);
        WorkerTelemetry.SumUp(written is not null);
        await persistence.Append(new CallSummed(written ?? wanted.Meanwhile, Pending: false));
    }

    static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    [LoggerMessage(LogLevel.Error, "Call {CallId}: handling {Input} failed with {Error}; the call goes on")]
    partial void LogHandlerFailed(string callId, string input, string error);
}
