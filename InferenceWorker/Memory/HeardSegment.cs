using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>A segment and when it arrived.</summary>
/// <param name="Segment">The segment; the speaker is the channel, before any swap.</param>
/// <param name="ArrivedAt">When it arrived, on the call's clock.</param>
/// <param name="Said">The words as they were said, where something was removed from those of the segment; null where nothing was.</param>
public sealed record HeardSegment(TranscriptSegment Segment, TimeSpan ArrivedAt, string? Said = null)
{
    /// <summary>When its first word was spoken, on the call's clock; a source that does not tell has it arrive as it is spoken.</summary>
    public TimeSpan BeganAt => Segment.StartMs > 0 ? TimeSpan.FromMilliseconds(Segment.StartMs) : ArrivedAt;

    /// <summary>When its last word was spoken, on the call's clock.</summary>
    public TimeSpan EndedAt => Segment.StartMs > 0 ? TimeSpan.FromMilliseconds(Segment.EndMs) : ArrivedAt;
}
