namespace Teleprompter.Bus;

/// <summary>What a person and a team have spent on a day.</summary>
public sealed record Spending(BudgetUse Person, BudgetUse Team);
