using Teleprompter.Tests.Load;

namespace Teleprompter.Tests.Unit.Load;

/// <summary>Percentiles can be believed.</summary>
[TestFixture]
public class LatencyHistogramTests
{
    [TestCase(0.001)]
    [TestCase(0.5)]
    [TestCase(17.3)]
    [TestCase(2_500)]
    [TestCase(3_600_000)]
    public void A_percentile_is_never_too_low_and_at_most_one_part_in_128_too_high(double ms)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(ms));
        histogram.Record(TimeSpan.FromMilliseconds(ms * 3));

        Assert.That(histogram.PercentileMs(50), Is.InRange(ms * 0.9999, ms * (1 + (1 / 128.0))));
    }

    [Test]
    public void Percentiles_are_those_of_the_sorted_latencies()
    {
        var histogram = new LatencyHistogram();
        foreach (var ms in Enumerable.Range(1, 1000).Reverse())
        {
            histogram.Record(TimeSpan.FromMilliseconds(ms));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(histogram.PercentileMs(50), Is.EqualTo(500).Within(0.8).Percent);
            Assert.That(histogram.PercentileMs(99), Is.EqualTo(990).Within(0.8).Percent);
            Assert.That(histogram.PercentileMs(99.9), Is.EqualTo(999).Within(0.8).Percent);
            Assert.That(histogram.PercentileMs(100), Is.EqualTo(1000));
            Assert.That(histogram.MaximumMs, Is.EqualTo(1000));
        }
    }

    [Test]
    public void A_percentile_of_nothing_is_no_number() => Assert.That(new LatencyHistogram().PercentileMs(99), Is.NaN);

    [Test]
    public void What_is_recorded_on_many_threads_is_all_counted()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, 10_000, i => histogram.Record(TimeSpan.FromMicroseconds(i)));

        Assert.That(histogram.Count, Is.EqualTo(10_000));
    }

    [Test]
    public void A_turn_without_an_answer_counts_as_unanswered_and_not_as_quick()
    {
        var report = LatencyReport.Of([10, null, 30]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Turns, Is.EqualTo(3));
            Assert.That(report.Unanswered, Is.EqualTo(1));
            Assert.That(report.P50, Is.EqualTo(10).Within(0.8).Percent);
        }
    }
}
