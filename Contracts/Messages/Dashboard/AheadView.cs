namespace Teleprompter.Contracts.Dashboard;

/// <summary>Answers begun ahead of the end of a turn.</summary>
/// <param name="Counts">How many, and their tokens.</param>
/// <param name="HiddenP50Ms">
/// The median of how long the model had worked before its turn was confirmed, in milliseconds, of those adopted; null when none was.
/// </param>
public sealed record AheadView(AheadCounts Counts, double? HiddenP50Ms);
