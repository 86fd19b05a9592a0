namespace Teleprompter.Bus;

/// <summary>How a message stands to those before it.</summary>
public enum SequenceStep
{
    /// <summary>It follows the last one.</summary>
    Next,

    /// <summary>It was received before.</summary>
    Repeated,

    /// <summary>Messages before it were lost.</summary>
    Gap,

    /// <summary>The position is unknown until a snapshot comes.</summary>
    AwaitingSnapshot,

    /// <summary>It belongs to an epoch that is over.</summary>
    OldEpoch,
}
