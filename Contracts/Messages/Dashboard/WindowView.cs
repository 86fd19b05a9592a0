namespace Teleprompter.Contracts.Dashboard;

/// <summary>The last minutes.</summary>
/// <param name="Minutes">How many: 1, 5, 15 or 60.</param>
/// <param name="FirstWords">
/// From the end of the customer's speech to the model's first words on the screen; turns that nobody answered count at their age. Null when
/// there were none.
/// </param>
/// <param name="SinceOldest">The same, from the oldest turn that a suggestion answers.</param>
/// <param name="Answered">Who answered the turns that deserve an answer.</param>
/// <param name="Unanswered">Why some were not answered at all: turns by reason.</param>
/// <param name="Stages">Where the time to the model's first words went, on average; null when the model answered none.</param>
/// <param name="Levels">What kept work from piling up.</param>
/// <param name="Withdrawn">Suggestions taken back.</param>
/// <param name="Tokens">What was asked of models.</param>
/// <param name="Ahead">What answering ahead of the end of a turn hid and cost.</param>
/// <param name="Cards">The cards that came up, the most shown first, fifty at most; null where they are as in the view before.</param>
public sealed record WindowView(
    int Minutes,
    Percentiles? FirstWords,
    Percentiles? SinceOldest,
    TurnShares Answered,
    IReadOnlyDictionary<string, long> Unanswered,
    StageMeans? Stages,
    LevelCounts Levels,
    long Withdrawn,
    TokenUse Tokens,
    AheadView Ahead,
    IReadOnlyList<CardUse>? Cards);
