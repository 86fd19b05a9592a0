namespace Teleprompter.Contracts;

/// <summary>A segment as it stands on the screen.</summary>
/// <param name="SegmentId">Its id.</param>
/// <param name="Speaker">Who spoke, after any swap.</param>
/// <param name="Text">The words.</param>
/// <param name="Final">Whether they may still change.</param>
/// <param name="StartMs">Start on the call's clock, in milliseconds.</param>
/// <param name="EndMs">End on the call's clock, in milliseconds.</param>
public sealed record SegmentView(string SegmentId, Speaker Speaker, string Text, bool Final, long StartMs, long EndMs);
