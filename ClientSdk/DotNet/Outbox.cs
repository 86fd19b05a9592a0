using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>The finals that the gateway has not acknowledged yet, oldest first: they are sent again after a reconnect.</summary>
sealed class Outbox
{
    /// <summary>Finals that wait at most; beyond that the oldest are given up and counted: ten minutes of talk.</summary>
    public const int Capacity = 200;

    readonly List<TranscriptSegment> waiting = [];

    public long Lost { get; private set; }

    public int Count => waiting.Count;

    public IReadOnlyList<TranscriptSegment> Waiting => waiting;

    /// <summary>Adds a final; a newer form of one that waits (its turn ended meanwhile) takes its place.</summary>
    public void Add(TranscriptSegment segment)
    {
        var known = waiting.FindIndex(other => other.SegmentId == segment.SegmentId && other.Speaker == segment.Speaker);
        if (known >= 0)
        {
            waiting[known] = segment;
            return;
        }

        waiting.Add(segment);
        if (waiting.Count > Capacity)
        {
            waiting.RemoveAt(0);
            Lost++;
        }
    }

    /// <summary>The gateway has answered this form of the segment.</summary>
    public void Settle(TranscriptSegment segment) => waiting.RemoveAll(other => ReferenceEquals(other, segment));
}
