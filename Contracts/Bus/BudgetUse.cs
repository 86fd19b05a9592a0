namespace Teleprompter.Bus;

/// <summary>What was asked of models.</summary>
/// <param name="Tokens">Estimated tokens, read and written.</param>
/// <param name="Suggestions">Finished suggestions that a model wrote.</param>
public sealed record BudgetUse(long Tokens, long Suggestions)
{
    public static BudgetUse None { get; } = new(0, 0);

    public static BudgetUse operator +(BudgetUse one, BudgetUse other) =>
        new(one.Tokens + other.Tokens, one.Suggestions + other.Suggestions);
}
