using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Says when to acknowledge, and with what. The network's part is measured on the client's clock alone: from sending a turn's last final
/// for the first time to receiving the first words of its answer, less the gateway's own span.
/// </summary>
sealed class ProgressMeter(TimeProvider time)
{
    const int AcknowledgeEvery = 16;
    const int TurnsKept = 64;

    /// <summary>The longest that the wire carries, in milliseconds.</summary>
    const double MaximumMs = 60_000;

    readonly OrderedDictionary<string, long> sentAt = new(StringComparer.Ordinal);
    SuggestionStarted? open;
    double? untilFirstWords;
    int unacknowledged;

    /// <summary>A final was sent.</summary>
    public void Sent(TranscriptSegment segment)
    {
        if (sentAt.TryAdd(segment.SegmentId, time.GetTimestamp()) && sentAt.Count > TurnsKept)
        {
            sentAt.RemoveAt(0);
        }
    }

    /// <summary>A connection is open: its events are acknowledged from here on.</summary>
    public void Open() => unacknowledged = 0;

    /// <summary>An event was handled.</summary>
    /// <returns>What to acknowledge now; null while that can wait.</returns>
    public Progress? Handle(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case SuggestionStarted started:
                (open, untilFirstWords) = (started, null);
                break;
            case SuggestionDelta delta when delta.SuggestionId == open?.SuggestionId && sentAt.TryGetValue(open.TurnIds[^1], out var sent):
                untilFirstWords ??= time.GetElapsedTime(sent).TotalMilliseconds;
                break;
            case SuggestionCompleted completed:
                return Acknowledge(callEvent) with { SuggestionId = completed.SuggestionId, NetworkMs = NetworkOf(completed) };
        }

        return ++unacknowledged >= AcknowledgeEvery || callEvent is Restored or Nudged ? Acknowledge(callEvent) : null;
    }

    Progress Acknowledge(CallEvent callEvent)
    {
        unacknowledged = 0;
        return new Progress(callEvent.Number);
    }

    double? NetworkOf(SuggestionCompleted completed) => completed.SuggestionId == open?.SuggestionId && untilFirstWords is { } total
        ? Math.Clamp(total - completed.Latency.ServerMs, 0, MaximumMs)
        : null;
}
