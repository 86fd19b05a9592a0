using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>A segment and when it arrived.</summary>
/// <param name="Segment">The segment; the speaker is the channel, before any swap.</param>
/// <param name="ArrivedAt">When it arrived, on the call's clock.</param>
public sealed record HeardSegment(TranscriptSegment Segment, TimeSpan ArrivedAt);
