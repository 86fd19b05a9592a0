using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.TurnTaking;

/// <summary>A segment, and when it is given or sent.</summary>
sealed record TimedSegment(long AtMs, TranscriptSegment Segment);
