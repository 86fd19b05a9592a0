using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>
/// Pushes this process's spans to a collector, ours and those of requests to a model; without a collector nothing listens, and no span is made. A trace is
/// taken or left as a whole: every process judges it by its id, and a client's wish counts for nothing.
/// </summary>
public sealed class ProcessTraces : IDisposable
{
    const string ModelRequests = "System.Net.Http";

    readonly TracerProvider? provider;

    /// <summary>Begins to listen, where there is a collector.</summary>
    /// <param name="process">What kind of process this is.</param>
    /// <param name="options">Where to push to, and how much.</param>
    /// <param name="configuration">Has OpenTelemetry's own settings.</param>
    public ProcessTraces(ProcessName process, IOptions<OpenTelemetryOptions> options, IConfiguration configuration)
    {
        var endpoint = options.Value.Endpoint;
        if (string.IsNullOrEmpty(endpoint) && string.IsNullOrEmpty(configuration[ProcessMetrics.OtlpEndpoint]))
        {
            return;
        }

        var builder = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(process.Resource)
            .AddSource(Tracing.SourceName, ModelRequests)
            .SetSampler(new SuggestionSampler(options.Value.TraceShare));
        provider = string.IsNullOrEmpty(endpoint)
            ? builder.AddOtlpExporter().Build()
            : builder.AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint)).Build();
    }

    /// <inheritdoc/>
    public void Dispose() => provider?.Dispose();
}
