using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>The finals that the gateway has not acknowledged yet, oldest first.</summary>
sealed class Outbox
{
    /// <summary>Finals that wait at most, some ten minutes of talk; beyond that the oldest are given up and counted.</summary>
    const int Capacity = 200;

    readonly OrderedDictionary<(Speaker Speaker, string SegmentId), TranscriptSegment> waiting = [];

    public long Lost { get; private set; }

    public int Count => waiting.Count;

    public IEnumerable<TranscriptSegment> Waiting => waiting.Values;

    /// <summary>Adds a final; a newer form of one that waits (its turn ended meanwhile) takes its place.</summary>
    public void Add(TranscriptSegment segment)
    {
        waiting[(segment.Speaker, segment.SegmentId)] = segment;
        if (waiting.Count > Capacity)
        {
            waiting.RemoveAt(0);
            Lost++;
        }
    }

    /// <summary>Whether this form of the segment waits.</summary>
    public bool Holds(TranscriptSegment segment) =>
        waiting.TryGetValue((segment.Speaker, segment.SegmentId), out var newest) && ReferenceEquals(newest, segment);

    /// <summary>The gateway has answered this form of the segment.</summary>
    public void Settle(TranscriptSegment segment)
    {
        if (Holds(segment))
        {
            waiting.Remove((segment.Speaker, segment.SegmentId));
        }
    }
}
