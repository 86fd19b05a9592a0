using System.Text.Json;
using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Tests.Unit.Dashboard;

public sealed class LatencyHistogramTests
{
    [Test]
    public void Percentiles_of_merged_histograms_lie_within_two_percent_of_the_raw_values(
        [Values(50, 95, 99)] double percentile, [Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var raw = new List<double>();
        var whole = new LatencyHistogram();
        for (var worker = 0; worker < 7; worker++)
        {
            var part = new LatencyHistogram();
            for (var i = 0; i < 2000; i++)
            {
                // From 2 ms to 30 s, most of them a few hundred: what latencies look like.
                var value = Math.Clamp(250 * Math.Exp(1.2 * Normal(random)), 2, 30_000);
                raw.Add(value);
                part.Record(value);
            }

            whole.Add(JsonSerializer.Deserialize<LatencyHistogram>(JsonSerializer.Serialize(part))!);
        }

        raw.Sort();
        var exact = raw[(int)Math.Ceiling(raw.Count * percentile / 100) - 1];

        Assert.That(whole.Count, Is.EqualTo(raw.Count));
        Assert.That(whole.PercentileMs(percentile), Is.EqualTo(exact).Within(2).Percent);
    }

    [Test]
    public void Every_value_is_found_again_within_one_percent()
    {
        for (var value = 0.5; value < 3_000_000; value *= 1.003)
        {
            var histogram = new LatencyHistogram();
            histogram.Record(value);

            Assert.That(histogram.PercentileMs(50), Is.EqualTo(value).Within(1).Percent.Or.EqualTo(value).Within(0.01));
        }
    }

    [Test]
    public void What_no_latency_can_be_costs_no_more_than_a_bucket()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        histogram.Record(1e12);

        Assert.That(histogram.PercentileMs(0), Is.EqualTo(0.0).Within(0.01));
        Assert.That(histogram.PercentileMs(100), Is.EqualTo(3_600_000).Within(1).Percent);
        Assert.That(new LatencyHistogram().PercentileMs(50), Is.NaN);
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
