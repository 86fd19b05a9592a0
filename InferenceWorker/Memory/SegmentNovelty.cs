namespace Teleprompter.InferenceWorker.Memory;

/// <summary>What a segment changes in a conversation.</summary>
public enum SegmentNovelty
{
    /// <summary>Nothing: the same or later words of it are known.</summary>
    Known,

    /// <summary>The words are new, or newer than those of an interim.</summary>
    New,

    /// <summary>The words are known; new is that they end the turn.</summary>
    EndsTurnNow,
}
