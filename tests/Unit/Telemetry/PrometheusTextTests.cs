using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Tests.Unit.Telemetry;

/// <summary>What Prometheus reads.</summary>
public sealed class PrometheusTextTests
{
    [Test]
    public void A_counter_ends_in_total_and_says_what_it_counts() => Assert.That(
        Written(meter => meter.CreateCounter<long>("teleprompter.turns", "{turn}", "Customer turns.").Add(3, new KeyValuePair<string, object?>("outcome", "suggested"))),
        Is.EqualTo("""
            # HELP teleprompter_turns_total Customer turns.
            # TYPE teleprompter_turns_total counter
            teleprompter_turns_total{outcome="suggested"} 3

            """));

    [Test]
    public void What_goes_up_and_down_is_a_gauge() => Assert.That(
        Written(meter => meter.CreateUpDownCounter<int>("requests.open", "{request}").Add(-2)),
        Is.EqualTo("# HELP requests_open \n# TYPE requests_open gauge\nrequests_open -2\n"));

    [Test]
    public void A_histogram_has_buckets_that_add_up_a_sum_and_a_count() => Assert.That(
        Written(meter =>
        {
            var histogram = meter.CreateHistogram("wait", "s", "Waits.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5] });
            histogram.Record(0.05);
            histogram.Record(0.25);
            histogram.Record(0.25);
            histogram.Record(7);
        }),
        Is.EqualTo("""
            # HELP wait_seconds Waits.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.1"} 1
            wait_seconds_bucket{le="0.5"} 3
            wait_seconds_bucket{le="+Inf"} 4
            wait_seconds_sum 7.55
            wait_seconds_count 4

            """));

    [Test]
    public void Quotes_backslashes_and_line_breaks_are_escaped() => Assert.That(
        Written(meter => meter.CreateCounter<long>("c", unit: null, "one\ntwo \\ \"three\"").Add(1, new KeyValuePair<string, object?>("a.b", "x\"y\\z\nq"))),
        Is.EqualTo("# HELP c_total one\\ntwo \\\\ \"three\"\n# TYPE c_total counter\nc_total{a_b=\"x\\\"y\\\\z\\nq\"} 1\n"));

    [Test]
    public void Attributes_whose_names_become_the_same_share_a_label() => Assert.That(
        Written(meter => meter.CreateCounter<long>("c").Add(1, new("a.b", "x"), new("a_b", "y"))),
        Does.EndWith("c_total{a_b=\"x;y\"} 1\n"));

    [TestCase("http.server.request.duration", "s", false, ExpectedResult = "http_server_request_duration_seconds")]
    [TestCase("dotnet.gc.heap.total_allocated", "By", true, ExpectedResult = "dotnet_gc_heap_total_allocated_bytes_total")]
    [TestCase("signalr.server.active_connections", "{connection}", false, ExpectedResult = "signalr_server_active_connections")]
    [TestCase("requests.total", "{request}", true, ExpectedResult = "requests_total")]
    [TestCase("wait.seconds", "s", false, ExpectedResult = "wait_seconds")]
    [TestCase("speed", "m/s", false, ExpectedResult = "speed_m_per_second")]
    [TestCase("rate", "{turn}/min", false, ExpectedResult = "rate_per_minute")]
    [TestCase("used", "1", false, ExpectedResult = "used_ratio")]
    [TestCase("tries", "1", true, ExpectedResult = "tries_total")]
    [TestCase("2nd--try (late)", "", false, ExpectedResult = "_2nd_try_late_")]
    public string Names_follow_the_rules_of_OpenTelemetry(string name, string unit, bool grows) => PrometheusName.Of(name, unit, grows, isGauge: !grows);

    static string Written(Action<Meter> record)
    {
        using var meter = new Meter(TestContext.CurrentContext.Test.ID);
        var written = new TextExporter();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(new BaseExportingMetricReader(written)).Build();
        record(meter);
        provider.ForceFlush();
        return written.Text;
    }

    sealed class TextExporter : BaseExporter<Metric>
    {
        public string Text { get; private set; } = "";

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new PrometheusText();
            foreach (var metric in batch)
            {
                text.Add(metric);
            }

            Text = text.ToString();
            return ExportResult.Success;
        }
    }
}
