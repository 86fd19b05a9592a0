using System.ComponentModel.DataAnnotations;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>Who gets to see the metrics and the traces. Section <c>OpenTelemetry</c>.</summary>
public sealed class OpenTelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenTelemetry";

    /// <summary>
    /// A collector to push metrics to once a minute, and traces every few seconds, by OTLP over gRPC, for example
    /// <c>http://localhost:4317</c>. None by default; OpenTelemetry's own <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, with the variables beside it,
    /// does the same.
    /// </summary>
    [Url(ErrorMessage = "OpenTelemetry:Endpoint must be the address of an OTLP collector, for example http://localhost:4317.")]
    public string? Endpoint { get; set; }

    /// <summary>
    /// The share of suggestions that are traced where there is a collector, 0 to 1; 1 by default. Set it alike for gateways and workers:
    /// each judges by the trace's id.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "OpenTelemetry:TraceShare must lie between 0 and 1.")]
    public double TraceShare { get; set; } = 1;

    /// <summary>
    /// The port, one of those in <c>Urls</c>, on which <c>/metrics</c> answers whoever can reach it, and no other port does. None by
    /// default: then it answers connections from this machine only, which includes those of a proxy on it.
    /// </summary>
    [Range(1, 65535, ErrorMessage = "OpenTelemetry:MetricsPort must lie between 1 and 65535 and be one of the ports in Urls.")]
    public int? MetricsPort { get; set; }
}
