using System.Collections.Concurrent;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// Watches one call from outside its pipeline: by what it hears and says. Its facts are for team leads, its counts go to the worker's ledger. What is in the
/// store of a call that was taken over counts as well; withdrawn suggestions and records of the former owner are gone with it. Thread-safe.
/// </summary>
/// <param name="callId">The call.</param>
/// <param name="workerId">Who owns it.</param>
/// <param name="epoch">The ownership.</param>
/// <param name="ledger">Where things are counted.</param>
/// <param name="time">The clock.</param>
public sealed class CallObserver(string callId, string workerId, long epoch, WorkerLedger ledger, TimeProvider time)
{
    /// <summary>How long a suggestion waits for what its client measured before it is counted without that.</summary>
    public static readonly TimeSpan ClientWithin = TimeSpan.FromMilliseconds(250);

    readonly Lock sync = new();
    readonly TurnLog turns = new(workerId, epoch);
    readonly TokenMeter meter = new();
    readonly CallCounts counts = new(ledger);
    readonly ConcurrentDictionary<string, DateTimeOffset> watchers = new(StringComparer.Ordinal);
    readonly CallTotals totals = new(callId, workerId);

    /// <summary>Whether somebody reads the call.</summary>
    public Func<bool> IsRead { get; init; } = () => true;

    /// <summary>Counts its cards.</summary>
    public CardCounts Cards { get; init; } = new(ledger);

    /// <summary>Tells a watcher.</summary>
    public Action<string, CallSightings> Tell { get; init; } = (_, _) => { };

    /// <summary>Rises with every change.</summary>
    public long Revision { get; private set; }

    /// <summary>The last records, oldest first.</summary>
    public IReadOnlyList<TurnRecord> Records
    {
        get
        {
            lock (sync)
            {
                return turns.Records;
            }
        }
    }

    /// <summary>The call as it stands, for team leads.</summary>
    public CallFacts Facts
    {
        get
        {
            lock (sync)
            {
                return new CallFacts(epoch, totals.View(IsRead(), turns.WaitingSince(time.GetUtcNow())));
            }
        }
    }

    /// <summary>What the call has asked of models until now.</summary>
    public TokenUse Tokens
    {
        get
        {
            lock (sync)
            {
                return totals.Tokens;
            }
        }
    }

    /// <summary>The call was read from the store.</summary>
    /// <param name="call">All of it.</param>
    public void Begin(StoredCall call)
    {
        lock (sync)
        {
            totals.Begin(call);
            Cards.Begin(call);
            turns.Reset();
            Revision++;
        }
    }

    /// <summary>Takes an input, before the pipeline does.</summary>
    /// <param name="input">The input.</param>
    public void Hear(CallInput input)
    {
        // Fifty a second of each voice, and nothing to a team lead until they are words.
        if (input is AudioHeard)
        {
            return;
        }

        lock (sync)
        {
            switch (input)
            {
                case WordsWritten words:
                    meter.Write(words);
                    return;
                case WritingEnded ended:
                    Count(meter.End(ended.WritingId, cancelled: false));
                    break;
                case SummaryEnded ended:
                    Count(meter.End(ended));
                    break;
                case AnswerSeen seen when turns.See(seen) is { } record:
                    Amend(record);
                    break;
                case WatchAsked asked:
                    watchers[asked.WatchId] = time.GetUtcNow();
                    return;
                default:
                    totals.Hear(input);
                    Cards.Take(input);
                    break;
            }

            Revision++;
        }
    }

    /// <summary>Takes an entry that the call keeps.</summary>
    /// <param name="entry">The entry.</param>
    public void Keep(CallInput entry)
    {
        lock (sync)
        {
            Cards.Take(entry);
        }
    }

    /// <summary>Takes an event that the call says.</summary>
    /// <param name="callEvent">The event.</param>
    public void See(CallEvent callEvent)
    {
        if (callEvent is SuggestionDelta { Index: > 0 })
        {
            return;
        }

        lock (sync)
        {
            var now = time.GetUtcNow();
            totals.See(callEvent, now);
            counts.Count(callEvent, totals.BecameBusy);
            if (callEvent is CardShown card)
            {
                Cards.Show(card.CardId, now);
            }

            if (turns.See(callEvent, now) is { } record)
            {
                counts.Count(record);
                Show(record);
            }

            Revision++;
        }
    }

    /// <summary>An answer is asked for.</summary>
    /// <param name="writingId">Which.</param>
    /// <param name="prompt">The prompt.</param>
    public void Prompted(long writingId, ModelPrompt prompt)
    {
        lock (sync)
        {
            meter.Begin(writingId, prompt);
            counts.Prompted();
        }
    }

    /// <summary>An answer is cancelled; nothing follows for one that has ended.</summary>
    /// <param name="writingId">Which.</param>
    public void Cancelled(long writingId)
    {
        lock (sync)
        {
            if (meter.End(writingId, cancelled: true) is { } use)
            {
                Count(use);
                counts.Cancelled();
            }
        }
    }

    /// <summary>A summary is asked for.</summary>
    /// <param name="prompt">The prompt.</param>
    public void Summarized(ModelPrompt prompt)
    {
        lock (sync)
        {
            Count(meter.BeginSummary(prompt));
        }
    }

    /// <summary>Counts the suggestions whose clients have said nothing in time.</summary>
    public void Settle()
    {
        lock (sync)
        {
            counts.Settle(time.GetUtcNow() - ClientWithin);
        }
    }

    /// <summary>The call is over here: no client says anything more.</summary>
    public void End()
    {
        lock (sync)
        {
            counts.Settle(time.GetUtcNow());
        }
    }

    void Amend(TurnRecord record)
    {
        if (counts.Amend(record))
        {
            totals.LastLatencyMs = record.FirstWordsMs;
        }

        Show(record);
    }

    void Count(TokenUse? use)
    {
        if (use is not null)
        {
            totals.Add(use);
            counts.Count(use);
        }
    }

    void Show(TurnRecord record)
    {
        foreach (var (watchId, askedAt) in watchers)
        {
            if (time.GetUtcNow() - askedAt > DashboardWatch.Lapse)
            {
                watchers.TryRemove(watchId, out _);
            }
            else
            {
                Tell(watchId, new CallSightings(Snapshot: null, [record]));
            }
        }
    }
}
