using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>A segment, and when its source gives it.</summary>
/// <param name="AtMs">When, in milliseconds from the call's start.</param>
public sealed record TimedSegment(long AtMs, TranscriptSegment Segment);
