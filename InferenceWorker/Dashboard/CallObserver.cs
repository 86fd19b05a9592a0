using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// Passes on what one call emits and keeps, and records it for the dashboard: the call's facts, and counts in the worker's ledger. What the
/// store holds of a call that was taken over is recorded too; the former owner's withdrawn suggestions, and its turns without one, are lost
/// with it. Thread-safe.
/// </summary>
/// <param name="output">Where events and entries go.</param>
/// <param name="ledger">Where things are counted.</param>
public sealed class CallObserver(string callId, long epoch, ICallOutput output, WorkerLedger ledger, TimeProvider time)
    : ICallOutput, IModelUsage
{
    /// <summary>How long an answer waits for its client's measurements before it is counted without them.</summary>
    public static readonly TimeSpan ClientWithin = TimeSpan.FromMilliseconds(250);

    readonly Lock sync = new();
    readonly TurnLog turns = new(ledger.WorkerId, epoch);
    readonly PendingAnswers answers = new(ledger);
    readonly CallTotals totals = new(callId, ledger.WorkerId);
    string? team;
    bool rehearses;

    /// <summary>Whether somebody reads the call.</summary>
    public Func<bool> IsRead { get; init; } = () => true;

    /// <summary>Whether the output sends events; those that it refuses are not recorded.</summary>
    public Func<bool> MaySend { get; init; } = () => true;

    /// <summary>Counts the call's cards.</summary>
    public CardCounts Cards { get; init; } = new(ledger);

    /// <summary>Told of every new or changed record; null for nobody.</summary>
    public CallWatchers? Watchers { get; init; }

    /// <summary>What the call's person and team may still ask of the model; null before the call has been read.</summary>
    public CallBudget? Budget { get; set; }

    public bool OverBudget => Budget?.IsSpent == true;

    /// <summary>Rises with every change of the facts.</summary>
    public long Revision { get; private set; }

    /// <summary>The last records, oldest first.</summary>
    public IReadOnlyList<TurnRecord> Records => Locked(() => turns.Records);

    /// <summary>Rises by one with every record that is new or changed.</summary>
    public long RecordsRevision => Locked(() => turns.Revision);

    /// <summary>The call as it stands.</summary>
    public CallFacts Facts => Locked(() => new CallFacts(epoch, totals.View(IsRead(), turns.WaitingSince(time.GetUtcNow())), team));

    /// <summary>Starts from the call as it was read from the store.</summary>
    public void Begin(StoredCall call) => Change(() =>
    {
        (team, rehearses) = (call.Record.Team, call.Record.Rehearsal is not null);
        totals.Begin(call);
        if (!rehearses)
        {
            Cards.Begin(call);
        }

        turns.Begin(call);
    });

    /// <summary>Records an input.</summary>
    /// <param name="input">The input; most change nothing.</param>
    public void Record(CallInput input)
    {
        if (input is AnswerSeen or BriefChanged or FeedbackGiven or SpeakersSwapped or ClientDetached)
        {
            Change(() =>
            {
                totals.Record(input);
                RecordCards(input);
                if (input is AnswerSeen seen && turns.Amend(seen) is { } record)
                {
                    totals.LastLatencyMs = answers.Amend(record) ? record.FirstWordsMs : totals.LastLatencyMs;
                    Watchers?.Tell(new CallSightings(Snapshot: null, [record], turns.Revision));
                }
            });
        }
    }

    public void Emit(CallEvent callEvent, string? connectionId = null, long? since = null)
    {
        if (callEvent is not SuggestionDelta { Index: > 0 } && MaySend())
        {
            Change(() => Record(callEvent, time.GetUtcNow()));
        }

        output.Emit(callEvent, connectionId, since);
    }

    public void Keep(CallInput entry)
    {
        if (MaySend())
        {
            Locked(() => RecordCards(entry));
        }

        output.Keep(entry is SuggestionFinished finished ? finished with { Tokens = Locked(() => totals.Tokens) } : entry);
    }

    public void Spend(TokenUse use)
    {
        Change(() => totals.Add(use));
        ledger.Count(tally => tally.Tokens += use);
        Budget?.Spend(new BudgetUse(use.In + use.Out, Suggestions: 0));
    }

    public void Replace() => Count(static tally => tally.Levels += new LevelCounts(Replaced: 1));

    public void Adopt(TimeSpan hidden) => Count(tally =>
    {
        tally.Ahead += new AheadCounts(Attempts: 1, Adopted: 1);
        tally.Hidden.Record(hidden.TotalMilliseconds);
    });

    public void Discard(int tokens) => Count(tally => tally.Ahead += new AheadCounts(Attempts: 1, DiscardedTokens: tokens));

    /// <summary>Counts the answers whose clients reported nothing in time.</summary>
    public void Settle()
    {
        lock (sync)
        {
            answers.Settle(time.GetUtcNow() - ClientWithin);
        }
    }

    /// <summary>Counts all answers: the call has ended here, and no client reports any more.</summary>
    public void End() => Locked(() => answers.Settle(time.GetUtcNow()));

    void Record(CallEvent callEvent, DateTimeOffset now)
    {
        var wasBusy = totals.Busy;
        totals.Record(callEvent, now);
        switch (callEvent)
        {
            case TranscriptUpdated { Speaker: Speaker.Customer, EndOfTurn: false }:
                Count(static tally => tally.Levels += new LevelCounts(Debounced: 1));
                break;
            case StatusChanged when totals.Busy && !wasBusy:
                Count(static tally => tally.Levels += new LevelCounts(Held: 1));
                break;
            case SuggestionCompleted { Source: SuggestionSource.Model, Text: var text }:
                Count(tally => tally.Ahead += new AheadCounts(ShownTokens: TokenEstimate.Of(text)));
                Budget?.Spend(new BudgetUse(Tokens: 0, Suggestions: 1));
                break;
            case SuggestionWithdrawn:
                Count(static tally => tally.Withdrawn++);
                break;
            case CardShown card when !rehearses:
                Cards.Show(card.CardId, now);
                break;
        }

        if (turns.Record(callEvent, now) is { } record)
        {
            Count(tally => TurnCount.Add(tally, record));
            if (!rehearses)
            {
                answers.Add(record);
            }

            Watchers?.Tell(new CallSightings(Snapshot: null, [record], turns.Revision));
        }
    }

    /// <summary>Counts for the team: a rehearsal costs tokens, and nothing else of it is the team's.</summary>
    void Count(Action<DashboardTally> change)
    {
        if (!rehearses)
        {
            ledger.Count(change);
        }
    }

    void RecordCards(CallInput entry)
    {
        if (!rehearses)
        {
            Cards.Record(entry);
        }
    }

    void Change(Action change) => Locked(() =>
    {
        change();
        Revision++;
    });

    void Locked(Action action)
    {
        lock (sync)
        {
            action();
        }
    }

    T Locked<T>(Func<T> read)
    {
        lock (sync)
        {
            return read();
        }
    }
}
