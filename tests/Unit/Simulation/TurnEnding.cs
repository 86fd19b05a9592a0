namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>How a customer ends a sentence that was sent word by word, and how level 1 tells the end of the turn.</summary>
enum TurnEnding
{
    /// <summary>With the words of the interims.</summary>
    AsBegun,

    /// <summary>With other words than the interims promised.</summary>
    OtherWords,

    /// <summary>The final is no end of the turn at first; the same final says so later.</summary>
    AfterPause,

    /// <summary>The final is no end of the turn; another sentence follows.</summary>
    AnotherSentence,

    /// <summary>The final is no end of the turn, and nothing follows.</summary>
    Open,
}
