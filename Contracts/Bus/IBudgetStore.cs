namespace Teleprompter.Bus;

/// <summary>
/// Counts what a person and a team have asked of models on a day, for all gateways and workers. Throws
/// <see cref="CallStoreUnavailableException"/> while the store is away; nothing was counted then.
/// </summary>
public interface IBudgetStore
{
    /// <summary>Adds to what was spent, in one step.</summary>
    /// <param name="day">The day; its counts are forgotten two days later.</param>
    /// <param name="subject">The person; null for whoever has not signed in.</param>
    /// <param name="team">The team; null for everybody without one.</param>
    /// <param name="use">What to add; nothing only asks.</param>
    /// <returns>What both have spent on that day.</returns>
    ValueTask<Spending> Add(DateOnly day, string? subject, string? team, BudgetUse use, CancellationToken cancellationToken = default);
}
