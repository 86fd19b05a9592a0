using System.Text.Json;

namespace Teleprompter.Tests.Load;

/// <summary>A percentile as a dashboard shows it, beside the one of the raw records.</summary>
/// <param name="Percentile">Which.</param>
/// <param name="ShownMs">As shown.</param>
/// <param name="RawMs">Of the raw records, by nearest rank.</param>
sealed record PercentileCheck(double Percentile, double ShownMs, double RawMs)
{
    /// <summary>How far off, in percent.</summary>
    public double OffPercent => 100 * ((ShownMs / RawMs) - 1);

    /// <summary>Checks a window's.</summary>
    /// <param name="window">As told to a dashboard.</param>
    /// <param name="raw">All that it covers.</param>
    public static IReadOnlyList<PercentileCheck> Of(JsonElement window, List<double> raw)
    {
        raw.Sort();
        var shown = window.GetProperty("firstWords");
        return [.. ((ReadOnlySpan<(string Name, double Percentile)>)[("p50", 50), ("p95", 95), ("p99", 99)]).ToArray().Select(each => new PercentileCheck(
            each.Percentile, shown.GetProperty(each.Name).GetDouble(), raw[(int)Math.Ceiling(raw.Count * each.Percentile / 100) - 1]))];
    }
}
