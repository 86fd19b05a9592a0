using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>Latencies from the intended send time, in milliseconds.</summary>
sealed record LatencyReport(double P50, double P90, double P99, double P999, double Max, long Turns, long Unanswered)
{
    public static LatencyReport Of(Turns turns) => new(
        turns.Latency.PercentileMs(50),
        turns.Latency.PercentileMs(90),
        turns.Latency.PercentileMs(99),
        turns.Latency.PercentileMs(99.9),
        turns.Latency.MaximumMs,
        turns.Sent,
        turns.Unanswered);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{P50,8:F2} {P90,8:F2} {P99,8:F2} {P999,8:F2} {Max,8:F2} {Turns,7} {Unanswered,11}");
}
