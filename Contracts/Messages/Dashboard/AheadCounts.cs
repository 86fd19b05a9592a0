namespace Teleprompter.Contracts.Dashboard;

/// <summary>Counts of answers begun ahead of the end of a turn.</summary>
/// <param name="Attempts">Those that have ended, adopted or discarded.</param>
/// <param name="Adopted">Of those: answered the turn as it was confirmed.</param>
/// <param name="DiscardedTokens">Estimated tokens that the model had written in the others.</param>
/// <param name="ShownTokens">Estimated tokens of all completed suggestions of the model, to compare with.</param>
public sealed record AheadCounts(long Attempts = 0, long Adopted = 0, long DiscardedTokens = 0, long ShownTokens = 0)
{
    public static AheadCounts operator +(AheadCounts one, AheadCounts other) => new(
        one.Attempts + other.Attempts,
        one.Adopted + other.Adopted,
        one.DiscardedTokens + other.DiscardedTokens,
        one.ShownTokens + other.ShownTokens);
}
