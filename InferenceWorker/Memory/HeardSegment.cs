using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>A segment and when it came.</summary>
/// <param name="Segment">The words, under the speaker whose channel they came by.</param>
/// <param name="ArrivedAt">When, on the call's clock.</param>
public sealed record HeardSegment(TranscriptSegment Segment, TimeSpan ArrivedAt);
