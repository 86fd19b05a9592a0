namespace Teleprompter.Contracts;

/// <summary>How far a client has played a turn of a rehearsal's buyer.</summary>
/// <param name="SegmentId">The turn.</param>
/// <param name="PlayedMs">How long its sound was played, in milliseconds.</param>
/// <param name="Stopped">The rep talks over it: nothing more of it is played.</param>
public sealed record SpeechReport(string SegmentId, long PlayedMs, bool Stopped = false);
