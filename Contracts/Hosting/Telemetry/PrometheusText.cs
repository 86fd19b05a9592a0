using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>Metrics in Prometheus' text format, version 0.0.4. Collects one scrape; not thread-safe.</summary>
public sealed class PrometheusText
{
    /// <summary>The format, as HTTP names it.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    readonly SortedDictionary<string, (string Type, StringBuilder Lines)> families = new(StringComparer.Ordinal);

    /// <summary>Adds what the process says of itself.</summary>
    /// <param name="attributes">The resource's attributes.</param>
    public void AddTarget(IEnumerable<KeyValuePair<string, object>> attributes) =>
        Sample(Family("target_info", "gauge", "The process."), "target_info", Labels(attributes.Select(a => KeyValuePair.Create(a.Key, (object?)a.Value))), 1);

    /// <summary>Adds a metric with all its points. A second one of the same name but of another type cannot be told apart from the first, and is left out.</summary>
    /// <param name="metric">The metric.</param>
    public void Add(Metric metric)
    {
        var (type, grows) = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => ("counter", true),
            MetricType.Histogram => ("histogram", false),
            MetricType.ExponentialHistogram => throw new NotSupportedException("Prometheus' text format has no exponential histograms."),
            _ => ("gauge", false),
        };
        var name = PrometheusName.Of(metric.Name, metric.Unit, grows, type == "gauge");
        if (Family(name, type, metric.Description) is not { } lines)
        {
            return;
        }

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            switch (metric.MetricType)
            {
                case MetricType.Histogram:
                    Histogram(lines, name, labels, point);
                    break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Sample(lines, name, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Sample(lines, name, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    Sample(lines, name, labels, point.GetGaugeLastValueLong());
                    break;
                default:
                    Sample(lines, name, labels, point.GetGaugeLastValueDouble());
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(families.Values.Select(family => family.Lines));

    StringBuilder? Family(string name, string type, string description)
    {
        if (families.TryGetValue(name, out var family))
        {
            return family.Type == type ? family.Lines : null;
        }

        var lines = new StringBuilder();
        families[name] = (type, lines);
        var help = description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return lines.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
    }

    static void Histogram(StringBuilder lines, string name, string labels, in MetricPoint point)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
            Sample(lines, name + "_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", below);
        }

        Sample(lines, name + "_sum", labels, point.GetHistogramSum());
        Sample(lines, name + "_count", labels, point.GetHistogramCount());
    }

    static void Sample(StringBuilder? lines, string name, string labels, double value) =>
        lines?.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(Number(value)).Append('\n');

    static string LabelsOf(in MetricPoint point)
    {
        var tags = new List<KeyValuePair<string, object?>>();
        foreach (var tag in point.Tags)
        {
            tags.Add(tag);
        }

        return Labels(tags);
    }

    /// <summary>Two attributes whose names become the same share one label, as the specification wants.</summary>
    static string Labels(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(',', tags
        .GroupBy(tag => PrometheusName.Label(tag.Key), StringComparer.Ordinal)
        .Select(label => $"{label.Key}=\"{Escape(string.Join(';', label.Select(tag => Text(tag.Value))))}\""));

    static string Text(object? value) => value is bool yes ? (yes ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString(CultureInfo.InvariantCulture);
}
