namespace Teleprompter.Contracts.Dashboard;

/// <summary>What is aimed at, and what tokens cost.</summary>
/// <param name="BudgetMs">First words within so many milliseconds.</param>
/// <param name="TeamMs">The team's own target, in milliseconds; null for none.</param>
/// <param name="InputPrice">Price of a million tokens sent to the model; null when not configured.</param>
/// <param name="OutputPrice">Price of a million tokens that it writes; null when not configured.</param>
/// <param name="Currency">ISO 4217 code of the prices.</param>
public sealed record LeadTargets(double BudgetMs, double? TeamMs, decimal? InputPrice, decimal? OutputPrice, string Currency);
