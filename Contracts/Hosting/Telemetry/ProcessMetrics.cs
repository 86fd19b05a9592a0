using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>Collects this process's metrics, ours and the framework's, from when it is made. None has a label that names a call, a person or a text.</summary>
public sealed class ProcessMetrics : IDisposable
{
    /// <summary>OpenTelemetry's own name for the collector's address.</summary>
    internal const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    const string OurMeters = "Teleprompter*";
    static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    readonly Lock scraping = new();
    readonly PrometheusExporter exporter = new();
    readonly MeterProvider provider;

    /// <summary>Begins to collect.</summary>
    /// <param name="process">What kind of process this is.</param>
    /// <param name="gauges">What is looked at when collecting.</param>
    /// <param name="options">Where to push to.</param>
    /// <param name="configuration">Has OpenTelemetry's own settings.</param>
    /// <param name="meters">Makes the gauges' meter, and disposes it.</param>
    public ProcessMetrics(
        ProcessName process, IEnumerable<Gauge> gauges, IOptions<OpenTelemetryOptions> options, IConfiguration configuration, IMeterFactory meters)
    {
        var meter = meters.Create("Teleprompter");
        foreach (var gauge in gauges)
        {
            meter.CreateObservableUpDownCounter(gauge.Name, gauge.Read, gauge.Unit, gauge.Description);
        }

        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(process.Resource)
            .AddMeter([OurMeters, .. FrameworkMeters])
            .AddReader(new BaseExportingMetricReader(exporter));
        if (options.Value.Endpoint is { Length: > 0 } endpoint)
        {
            builder.AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint));
        }
        else if (!string.IsNullOrEmpty(configuration[OtlpEndpoint]))
        {
            // Reads it, and OpenTelemetry's other settings, by itself.
            builder.AddOtlpExporter();
        }

        provider = builder.Build();
    }

    /// <summary>Collects.</summary>
    /// <returns>All metrics in Prometheus' text format.</returns>
    public string Scrape()
    {
        lock (scraping)
        {
            exporter.Collect!(Timeout.Infinite);
            return exporter.Text;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => provider.Dispose();
}
