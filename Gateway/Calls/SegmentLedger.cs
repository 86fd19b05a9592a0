using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Calls;

/// <summary>The life of each segment: interims until a final, one final, and its end of turn. Holds one hash a segment, not its words.</summary>
public sealed class SegmentLedger
{
    readonly Dictionary<(Speaker Speaker, string SegmentId), (int TextHash, bool EndsTurn)> finals = [];

    /// <summary>How many finals it knows.</summary>
    public int Count => finals.Count;

    /// <summary>Fills the ledger with what the store kept of the call.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>The ledger.</returns>
    public static SegmentLedger From(IEnumerable<CallInput> entries)
    {
        var ledger = new SegmentLedger();
        foreach (var heard in entries.OfType<SegmentHeard>())
        {
            ledger.Note(heard.Segment);
        }

        return ledger;
    }

    /// <summary>Says what a segment is to what was sent before.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>What it is.</returns>
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

    /// <summary>Notes a segment that was passed on; an interim leaves no mark.</summary>
    /// <param name="segment">The segment.</param>
    public void Note(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            finals[(segment.Speaker, segment.SegmentId)] = (HashOf(segment), segment.EndsTurn());
        }
    }

    static int HashOf(TranscriptSegment segment) => string.GetHashCode(segment.Text, StringComparison.Ordinal);
}
