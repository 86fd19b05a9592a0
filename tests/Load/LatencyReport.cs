using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>Latencies from the intended send time, in milliseconds.</summary>
sealed record LatencyReport(double P50, double P90, double P99, double P999, double Max, long Turns, long Unanswered)
{
    /// <summary>Stands over the columns, after a label of 21 characters.</summary>
    public const string Heading = "                          p50      p90      p99    p99.9      max   turns  unanswered";

    public static LatencyReport Of(Turns turns) => Of(turns.Latency, turns.Unanswered);

    public static LatencyReport Of(IReadOnlyCollection<double?> latenciesMs)
    {
        var histogram = new LatencyHistogram();
        foreach (var latency in latenciesMs.OfType<double>())
        {
            histogram.Record(TimeSpan.FromMilliseconds(latency));
        }

        return Of(histogram, latenciesMs.Count - histogram.Count);
    }

    static LatencyReport Of(LatencyHistogram latency, long unanswered) => new(
        latency.PercentileMs(50),
        latency.PercentileMs(90),
        latency.PercentileMs(99),
        latency.PercentileMs(99.9),
        latency.MaximumMs,
        latency.Count + unanswered,
        unanswered);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{P50,8:F2} {P90,8:F2} {P99,8:F2} {P999,8:F2} {Max,8:F2} {Turns,7} {Unanswered,11}");
}
