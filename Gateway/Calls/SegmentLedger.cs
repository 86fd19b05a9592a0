using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>The final segments of a call, each by a hash of its words: one final a segment, and no interim after it.</summary>
public sealed class SegmentLedger
{
    readonly Dictionary<(Speaker Speaker, string SegmentId), (int TextHash, bool EndsTurn)> finals = [];

    /// <summary>How many finals there are.</summary>
    public int Count => finals.Count;

    /// <summary>The ledger of what the store has of a call.</summary>
    public static SegmentLedger From(IEnumerable<CallInput> entries)
    {
        var ledger = new SegmentLedger();
        foreach (var heard in entries.OfType<SegmentHeard>())
        {
            ledger.Add(heard.Segment);
        }

        return ledger;
    }

    /// <summary>Judges a segment by those before it.</summary>
    public SegmentFate Judge(TranscriptSegment segment)
    {
        if (!finals.TryGetValue((segment.Speaker, segment.SegmentId), out var known))
        {
            return SegmentFate.Fresh;
        }

        if (!segment.Final)
        {
            return SegmentFate.TooLate;
        }

        if (known.TextHash != HashOf(segment))
        {
            return SegmentFate.Contradiction;
        }

        return segment.EndsTurn() && !known.EndsTurn ? SegmentFate.Fresh : SegmentFate.Repeated;
    }

    /// <summary>Adds a segment that was passed on; an interim changes nothing.</summary>
    public void Add(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            finals[(segment.Speaker, segment.SegmentId)] = (HashOf(segment), segment.EndsTurn());
        }
    }

    static int HashOf(TranscriptSegment segment) => string.GetHashCode(segment.Text, StringComparison.Ordinal);
}
