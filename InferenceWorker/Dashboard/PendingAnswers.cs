using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// The model's answers of one call whose clients may still report their part of the latency. Each is counted once: when that part is known,
/// or when it is no longer waited for. Not thread-safe.
/// </summary>
/// <param name="ledger">Where they are counted.</param>
public sealed class PendingAnswers(WorkerLedger ledger)
{
    readonly Dictionary<string, TurnRecord> pending = new(StringComparer.Ordinal);

    /// <summary>Adds a turn's record; all but those of the model's answers are ignored.</summary>
    public void Add(TurnRecord record)
    {
        if (record is { Source: SuggestionSource.Model, Latency: not null })
        {
            pending[record.RecordId] = record;
        }
    }

    /// <summary>Replaces an answer's record by one that knows more.</summary>
    /// <returns>Whether the answer was still pending.</returns>
    public bool Amend(TurnRecord record)
    {
        if (!pending.ContainsKey(record.RecordId))
        {
            return false;
        }

        pending[record.RecordId] = record;
        if (record is { NetworkMs: not null, RenderMs: not null })
        {
            Count(record);
        }

        return true;
    }

    /// <summary>Counts answers without the part of their clients.</summary>
    /// <param name="until">Those that were settled no later than this.</param>
    public void Settle(DateTimeOffset until)
    {
        // Called for every call four times a second; almost none has any. The list is made where something is counted.
        var latest = until.ToUnixTimeMilliseconds();
        List<TurnRecord>? due = null;
        foreach (var record in pending.Values)
        {
            if (record.AtMs <= latest)
            {
                (due ??= []).Add(record);
            }
        }

        due?.ForEach(Count);
    }

    void Count(TurnRecord record)
    {
        pending.Remove(record.RecordId);
        ledger.Count(tally => TurnCount.AddAnswer(tally, record));
    }
}
