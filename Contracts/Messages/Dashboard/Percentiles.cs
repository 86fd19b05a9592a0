namespace Teleprompter.Contracts.Dashboard;

/// <summary>Percentiles, within 1 % of those of the raw values, in milliseconds.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">What 95 of 100 do not exceed.</param>
/// <param name="P99">What 99 of 100 do not exceed.</param>
public sealed record Percentiles(double P50, double P95, double P99);
