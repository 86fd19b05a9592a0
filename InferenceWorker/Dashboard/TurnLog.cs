using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// The turns of one call: which wait for an answer, what became of the others, and where the time of each suggestion went. It is made from
/// the call's events in their order, so it tells exactly what the rep was shown. Not thread-safe.
/// </summary>
/// <param name="workerId">The worker that makes the records.</param>
/// <param name="epoch">The ownership that they are made under.</param>
public sealed class TurnLog(string workerId, long epoch)
{
    /// <summary>Records kept; the oldest go first.</summary>
    public const int Kept = 50;

    /// <summary>A turn that has waited for this long no longer counts as waiting, whatever becomes of it.</summary>
    public static readonly TimeSpan WaitsAtMost = TimeSpan.FromSeconds(60);

    const int TurnsRemembered = 64;

    readonly OrderedDictionary<string, DateTimeOffset> spoken = new(StringComparer.Ordinal);
    readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    readonly List<TurnRecord> records = [];
    SuggestionStarted? open;
    double? firstWordsMs;
    SuggestionCompleted? completed;
    bool held;

    /// <summary>The last records, oldest first.</summary>
    public IReadOnlyList<TurnRecord> Records => [.. records];

    /// <summary>Rises by one with every record that is new or changed.</summary>
    public long Revision { get; private set; }

    /// <summary>Since when the oldest turn waits for its first words; null when none does.</summary>
    public DateTimeOffset? WaitingSince(DateTimeOffset now) => waiting
        .Where(turnId => !IsBeingAnswered(turnId))
        .Select(turnId => spoken.TryGetValue(turnId, out var at) && now - at < WaitsAtMost ? at : (DateTimeOffset?)null)
        .Min();

    /// <summary>
    /// Forgets what is under way: a call that was read again from the store settles its turns anew. A suggestion that another owner
    /// finished gets the record that its entry allows.
    /// </summary>
    public void Begin(StoredCall call)
    {
        waiting.Clear();
        (open, firstWordsMs, completed, held) = (null, null, null, false);
        foreach (var finished in call.Entries.OfType<SuggestionFinished>())
        {
            if (!records.Exists(record => record.SuggestionId == finished.Suggestion.SuggestionId))
            {
                Add(Finished(finished, call.Record.StartedAt));
            }
        }
    }

    /// <summary>Records an event.</summary>
    /// <returns>The record that the event completes; null for most events.</returns>
    public TurnRecord? Record(CallEvent callEvent, DateTimeOffset now)
    {
        switch (callEvent)
        {
            case TranscriptUpdated { Speaker: Speaker.Customer, Final: true } words:
                Speak(words.SegmentId, words.EndOfTurn, now);
                return null;
            case StatusChanged { Status.Busy: true }:
                held = true;
                return null;
            case SuggestionStarted started:
                (open, firstWordsMs) = (started, null);
                return null;
            case SuggestionConfirmed confirmed when open is not null:
                open = open with { TurnIds = confirmed.TurnIds, Tentative = false };
                return null;
            case SuggestionDelta { Index: 0 } when open is not null:
                firstWordsMs = AgeMs(open.TurnIds[^1], now);
                return null;
            case SuggestionWithdrawn withdrawn when open is not null:
                var record = Withdrawn(open, withdrawn.Reason, now);
                open = null;
                return Add(record);
            case SuggestionCompleted done:
                (completed, open) = (done, null);
                return null;
            case TurnSettled settled:
                return Add(Settled(settled, now));
            default:
                return null;
        }
    }

    /// <summary>Adds what the gateway and the client measured.</summary>
    /// <returns>The changed record; null when the suggestion is not known, or nothing changed.</returns>
    public TurnRecord? Amend(AnswerSeen seen)
    {
        var at = records.FindLastIndex(record => record.RecordId == seen.SuggestionId && record.Latency is not null);
        if (at < 0)
        {
            return null;
        }

        var before = records[at];
        var latency = seen.BusMs is { } bus && before.Latency!.BusMs == 0
            ? before.Latency with { BusMs = bus, SinceOldestMs = before.Latency.SinceOldestMs + bus }
            : before.Latency!;
        var (network, render) = (before.NetworkMs ?? seen.NetworkMs, before.RenderMs ?? seen.RenderMs);
        var firstWords = latency.ServerMs + (network ?? 0) + (render ?? 0);
        var after = before with { Latency = latency, NetworkMs = network, RenderMs = render, FirstWordsMs = firstWords };
        if (after == before)
        {
            return null;
        }

        Revision++;
        return records[at] = after;
    }

    void Speak(string turnId, bool endOfTurn, DateTimeOffset now)
    {
        if (spoken.TryAdd(turnId, now) && spoken.Count > TurnsRemembered)
        {
            waiting.Remove(spoken.GetAt(0).Key);
            spoken.RemoveAt(0);
        }

        if (endOfTurn)
        {
            waiting.Add(turnId);
        }
    }

    TurnRecord Withdrawn(SuggestionStarted started, WithdrawReason reason, DateTimeOffset now) =>
        New(started.SuggestionId, started.TurnIds[^1], now) with
        {
            Withdrawn = reason,
            SuggestionId = started.SuggestionId,
            Source = started.Source,
            FirstWordsMs = firstWordsMs,
        };

    TurnRecord Settled(TurnSettled settled, DateTimeOffset now)
    {
        waiting.Remove(settled.TurnId);
        var own = settled.SuggestionId is not null && completed?.SuggestionId == settled.SuggestionId ? completed : null;
        var latency = settled.Outcome == TurnOutcome.Suggested ? own?.Latency : null;
        var record = New(latency is null ? settled.TurnId : settled.SuggestionId!, settled.TurnId, now) with
        {
            Outcome = settled.Outcome,
            Reason = settled.Reason,
            SuggestionId = settled.SuggestionId,
            Source = own?.Source,
            FirstWordsMs = latency?.ServerMs,
            Latency = latency,
            PlaybookVersion = own?.PlaybookVersion,
            Model = own?.Model,
        };
        held = held && waiting.Count > 0;
        return record;
    }

    TurnRecord Finished(SuggestionFinished finished, DateTimeOffset startedAt) =>
        New(finished.Suggestion.SuggestionId, finished.TurnIds[^1], startedAt.AddMilliseconds(finished.AtMs)) with
        {
            AgeMs = finished.Suggestion.Latency?.SinceOldestMs ?? 0,
            Outcome = TurnOutcome.Suggested,
            Reason = finished.Suggestion.Source == SuggestionSource.Model ? SettleReason.ByModel : SettleReason.ByPlaybook,
            SuggestionId = finished.Suggestion.SuggestionId,
            Source = finished.Suggestion.Source,
            FirstWordsMs = finished.Suggestion.Latency?.ServerMs,
            Latency = finished.Suggestion.Latency,
        };

    TurnRecord New(string recordId, string turnId, DateTimeOffset now) => new(
        recordId, turnId, now.ToUnixTimeMilliseconds(), AgeMs(turnId, now),
        null, null, null, null, null, null, null, null, null, held, null, workerId, epoch);

    TurnRecord Add(TurnRecord record)
    {
        Revision++;
        records.Add(record);
        if (records.Count > Kept)
        {
            records.RemoveAt(0);
        }

        return record;
    }

    /// <summary>The first words of an answer are on the screen: nobody waits, until they are withdrawn.</summary>
    bool IsBeingAnswered(string turnId) =>
        open is not null && firstWordsMs is not null && open.TurnIds.Contains(turnId, StringComparer.Ordinal);

    double AgeMs(string turnId, DateTimeOffset now) => spoken.TryGetValue(turnId, out var at) ? (now - at).TotalMilliseconds : 0;
}
