using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Measures, on the client's clock alone, what lies outside the gateway: from sending a turn's last final for the first time to receiving the
/// first words of its answer, less the gateway's own span. Remembers the last turns only.
/// </summary>
sealed class NetworkTimings(TimeProvider time)
{
    const int TurnsKept = 64;

    /// <summary>The longest that the wire carries, in milliseconds.</summary>
    const double MaximumMs = 60_000;

    readonly OrderedDictionary<string, long> sentAt = new(StringComparer.Ordinal);
    (string SuggestionId, long? SentAt)? open;
    double? untilFirstWords;

    /// <summary>A final was sent, or a suggestion asked for.</summary>
    public void Sent(string turnId)
    {
        if (sentAt.TryAdd(turnId, time.GetTimestamp()) && sentAt.Count > TurnsKept)
        {
            sentAt.RemoveAt(0);
        }
    }

    public void Started(SuggestionStarted started)
    {
        open = (started.SuggestionId, sentAt.TryGetValue(started.TurnIds[^1], out var sent) ? sent : null);
        untilFirstWords = null;
    }

    public void Words(string suggestionId)
    {
        if (open is { SentAt: { } sent } && open.Value.SuggestionId == suggestionId)
        {
            untilFirstWords ??= time.GetElapsedTime(sent).TotalMilliseconds;
        }
    }

    /// <summary>The network's part in milliseconds; null when it was not measured.</summary>
    public double? Completed(SuggestionCompleted completed)
    {
        Words(completed.SuggestionId);
        return open?.SuggestionId == completed.SuggestionId && untilFirstWords is { } total
            ? Math.Clamp(total - completed.Latency.ServerMs, 0, MaximumMs)
            : null;
    }
}
