namespace Teleprompter.Contracts.Dashboard;

/// <summary>Ten seconds of the last hour.</summary>
/// <param name="StartMs">When they began.</param>
/// <param name="FirstWords">As in <see cref="WindowView"/>.</param>
/// <param name="Answered">Who answered the turns that deserve an answer.</param>
/// <param name="Stages">Where the time to the model's first words went, on average; null when the model answered none.</param>
/// <param name="Levels">What kept work from piling up.</param>
public sealed record SlotView(long StartMs, Percentiles? FirstWords, TurnShares Answered, StageMeans? Stages, LevelCounts Levels);
