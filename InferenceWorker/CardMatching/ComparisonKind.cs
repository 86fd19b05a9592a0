namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>What is compared. Of each kind but whole turns only the newest waits; the first kinds go first.</summary>
public enum ComparisonKind
{
    /// <summary>A customer's turn that has ended, with the cards.</summary>
    Turn,

    /// <summary>The model's answer, with earlier suggestions.</summary>
    Answer,

    /// <summary>The words of a turn that has not ended, with the cards.</summary>
    UnfinishedTurn,

    /// <summary>What the rep said, with suggestions.</summary>
    RepWords,
}
