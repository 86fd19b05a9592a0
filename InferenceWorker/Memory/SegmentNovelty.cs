namespace Teleprompter.InferenceWorker.Memory;

/// <summary>What a segment is to a conversation.</summary>
public enum SegmentNovelty
{
    /// <summary>Heard before, or too late: changes nothing.</summary>
    Known,

    /// <summary>New words, or newer ones of an interim.</summary>
    New,

    /// <summary>The words are known; new is that they end the turn.</summary>
    EndsTurnNow,
}
