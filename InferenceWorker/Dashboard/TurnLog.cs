using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// The turns of one call: which wait for an answer, what became of the others, and where the time of each suggestion went. Takes the call's own events, in
/// their order, so it knows exactly what the rep was shown. Not thread-safe.
/// </summary>
/// <param name="workerId">Who makes the records.</param>
/// <param name="epoch">The ownership they are made under.</param>
public sealed class TurnLog(string workerId, long epoch)
{
    /// <summary>Records kept; the oldest go first.</summary>
    public const int Kept = 50;

    /// <summary>A turn that waits for so long has lost its moment, whatever becomes of it.</summary>
    public static readonly TimeSpan WaitsAtMost = TimeSpan.FromSeconds(60);

    const int TurnsRemembered = 64;

    readonly OrderedDictionary<string, DateTimeOffset> spoken = new(StringComparer.Ordinal);
    readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    readonly List<TurnRecord> records = [];
    (SuggestionStarted Started, DateTimeOffset At, double? FirstWordsMs)? open;
    SuggestionCompleted? completed;
    bool held;

    /// <summary>The last records, oldest first.</summary>
    public IReadOnlyList<TurnRecord> Records => [.. records];

    /// <summary>Since when the oldest turn that deserves an answer waits for its first words; null when none does.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Since when.</returns>
    public DateTimeOffset? WaitingSince(DateTimeOffset now)
    {
        DateTimeOffset? oldest = null;
        foreach (var turnId in waiting)
        {
            if (!IsBeingAnswered(turnId) && spoken.TryGetValue(turnId, out var at) && now - at < WaitsAtMost && !(oldest < at))
            {
                oldest = at;
            }
        }

        return oldest;
    }

    /// <summary>Starts anew: a call that was read again from the store settles its turns anew.</summary>
    public void Reset()
    {
        waiting.Clear();
        (open, completed, held) = (null, null, false);
    }

    /// <summary>Takes an event.</summary>
    /// <param name="callEvent">The event.</param>
    /// <param name="now">The time.</param>
    /// <returns>The record that it makes; null for most.</returns>
    public TurnRecord? See(CallEvent callEvent, DateTimeOffset now)
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
                open = (started, now, null);
                return null;
            case SuggestionDelta { Index: 0 } when open is { } begun:
                open = begun with { FirstWordsMs = (now - SpokenAt(begun.Started.TurnIds[^1], now)).TotalMilliseconds };
                return null;
            case SuggestionWithdrawn withdrawn when open is { } begun:
                open = null;
                return Keep(Withdrawn(begun.Started, withdrawn.Reason, begun.FirstWordsMs, now));
            case SuggestionCompleted done:
                (completed, open) = (done, null);
                return null;
            case TurnSettled settled:
                return Keep(Settled(settled, now));
            default:
                return null;
        }
    }

    /// <summary>Adds what the gateway and the client measured.</summary>
    /// <param name="seen">What they measured.</param>
    /// <returns>The changed record; null when the suggestion is not known, or nothing new was said.</returns>
    public TurnRecord? See(AnswerSeen seen)
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
        var after = before with { Latency = latency, NetworkMs = before.NetworkMs ?? seen.NetworkMs, RenderMs = before.RenderMs ?? seen.RenderMs };
        after = after with { FirstWordsMs = latency.ServerMs + (after.NetworkMs ?? 0) + (after.RenderMs ?? 0) };
        records[at] = after;
        return after == before ? null : after;
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

    TurnRecord Withdrawn(SuggestionStarted started, WithdrawReason reason, double? firstWordsMs, DateTimeOffset now) => new(
        started.SuggestionId,
        started.TurnIds[^1],
        now.ToUnixTimeMilliseconds(),
        AgeMs(started.TurnIds[^1], now),
        Outcome: null,
        Reason: null,
        reason,
        started.SuggestionId,
        started.Source,
        firstWordsMs,
        Latency: null,
        NetworkMs: null,
        RenderMs: null,
        held,
        PlaybookVersion: null,
        workerId,
        epoch);

    TurnRecord Settled(TurnSettled settled, DateTimeOffset now)
    {
        waiting.Remove(settled.TurnId);
        var mine = settled.SuggestionId is not null && completed?.SuggestionId == settled.SuggestionId ? completed : null;
        var answered = settled.Outcome == TurnOutcome.Suggested && mine is not null;
        var wasHeld = held;
        held = held && waiting.Count > 0;
        return new TurnRecord(
            answered ? settled.SuggestionId! : settled.TurnId,
            settled.TurnId,
            now.ToUnixTimeMilliseconds(),
            AgeMs(settled.TurnId, now),
            settled.Outcome,
            settled.Reason,
            Withdrawn: null,
            settled.SuggestionId,
            mine?.Source,
            answered ? mine!.Latency.ServerMs : null,
            answered ? mine!.Latency : null,
            NetworkMs: null,
            RenderMs: null,
            wasHeld,
            mine?.PlaybookVersion,
            workerId,
            epoch);
    }

    TurnRecord Keep(TurnRecord record)
    {
        records.Add(record);
        if (records.Count > Kept)
        {
            records.RemoveAt(0);
        }

        return record;
    }

    /// <summary>First words stand on the screen; until they are withdrawn, nobody waits.</summary>
    bool IsBeingAnswered(string turnId) => open is { FirstWordsMs: not null } begun && begun.Started.TurnIds.Contains(turnId, StringComparer.Ordinal);

    double AgeMs(string turnId, DateTimeOffset now) => (now - SpokenAt(turnId, now)).TotalMilliseconds;

    DateTimeOffset SpokenAt(string turnId, DateTimeOffset now) => spoken.TryGetValue(turnId, out var at) ? at : now;
}
