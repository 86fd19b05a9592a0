using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>What one call adds to its worker's ledger. Not thread-safe.</summary>
/// <param name="ledger">The ledger.</param>
public sealed class CallCounts(WorkerLedger ledger)
{
    // The model's answers whose clients may still say what they measured.
    readonly Dictionary<string, TurnRecord> uncounted = new(StringComparer.Ordinal);
    bool cancelled;

    /// <summary>Counts an event.</summary>
    /// <param name="callEvent">The event; most count nothing.</param>
    /// <param name="becameBusy">It says that the newest question is held, and the one before did not.</param>
    public void Count(CallEvent callEvent, bool becameBusy)
    {
        switch (callEvent)
        {
            case TranscriptUpdated { Speaker: Speaker.Customer, EndOfTurn: false }:
                ledger.Count(static tally => tally.Add(new LevelCounts(1, 0, 0, 0, 0)));
                break;
            case StatusChanged when becameBusy:
                ledger.Count(static tally => tally.Add(new LevelCounts(0, 0, 0, 1, 0)));
                break;
            case TurnSettled or Restored:
                cancelled = false;
                break;
            case SuggestionWithdrawn:
                ledger.Count(static tally => tally.Withdrawn++);
                break;
        }
    }

    /// <summary>Counts a turn's outcome at once, and the time of an answer of the model as soon as all of it is known.</summary>
    /// <param name="record">The turn.</param>
    public void Count(TurnRecord record)
    {
        if (record is { Outcome: { } outcome, Reason: { } reason })
        {
            ledger.Count(tally => TurnCount.Add(tally, record, outcome, reason));
        }

        if (record is { Source: SuggestionSource.Model, Latency: not null })
        {
            uncounted[record.RecordId] = record;
        }
    }

    /// <summary>More is known of an answer.</summary>
    /// <param name="record">The answer.</param>
    /// <returns>Whether that was in time.</returns>
    public bool Amend(TurnRecord record)
    {
        var inTime = uncounted.ContainsKey(record.RecordId);
        if (inTime)
        {
            uncounted[record.RecordId] = record;
            if (record is { NetworkMs: not null, RenderMs: not null })
            {
                CountAnswer(record);
            }
        }

        return inTime;
    }

    /// <summary>Counts answers without what their clients might still say.</summary>
    /// <param name="until">Those that old and older.</param>
    public void Settle(DateTimeOffset until)
    {
        foreach (var record in uncounted.Values.Where(record => record.AtMs <= until.ToUnixTimeMilliseconds()).ToList())
        {
            CountAnswer(record);
        }
    }

    /// <summary>An answer is asked for: in the place of one that was cancelled, if there was one.</summary>
    public void Prompted()
    {
        if (cancelled)
        {
            ledger.Count(static tally => tally.Add(new LevelCounts(0, 1, 0, 0, 0)));
        }

        cancelled = false;
    }

    /// <summary>An answer was cancelled.</summary>
    public void Cancelled() => cancelled = true;

    /// <summary>Counts tokens.</summary>
    /// <param name="use">The tokens.</param>
    public void Count(TokenUse use) => ledger.Count(tally => tally.Add(use));

    void CountAnswer(TurnRecord record)
    {
        uncounted.Remove(record.RecordId);
        ledger.Count(tally => TurnCount.AddAnswer(tally, record));
    }
}
