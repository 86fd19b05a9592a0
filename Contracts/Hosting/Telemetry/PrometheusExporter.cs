using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>Keeps the last collection as text. Needed because Prometheus' own exporter for OpenTelemetry has no stable release.</summary>
[ExportModes(ExportModes.Pull)]
sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    /// <summary>The last collection.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Makes a collection; the reader that has this exporter sets it.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        text.AddTarget(ParentProvider.GetResource().Attributes);
        foreach (var metric in batch)
        {
            text.Add(metric);
        }

        Text = text.ToString();
        return ExportResult.Success;
    }
}
