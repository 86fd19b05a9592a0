namespace Teleprompter.Contracts.Dashboard;

/// <summary>The three levels against pile-up at work.</summary>
/// <param name="Debounced">Level 1: customer words shown but not asked about, since the thought was not complete.</param>
/// <param name="Replaced">Level 2: answers cancelled for a newer turn.</param>
/// <param name="Waited">Level 2: turns that waited for the answer under way.</param>
/// <param name="Held">Level 3: questions held for lack of a free stream.</param>
/// <param name="Expired">Level 3: questions held too long.</param>
public sealed record LevelCounts(long Debounced = 0, long Replaced = 0, long Waited = 0, long Held = 0, long Expired = 0)
{
    public static LevelCounts operator +(LevelCounts one, LevelCounts other) => new(
        one.Debounced + other.Debounced,
        one.Replaced + other.Replaced,
        one.Waited + other.Waited,
        one.Held + other.Held,
        one.Expired + other.Expired);
}
