using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>A process's metrics and traces: <c>/metrics</c> for Prometheus, and OTLP for a collector.</summary>
public static class TelemetryRegistration
{
    const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    const string ModelRequests = "System.Net.Http";

    static readonly string[] Meters =
    [
        "Teleprompter*",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    /// <summary>
    /// Adds the process's metrics, ours and the framework's. Where there is a collector, adds traces as well, ours and those of requests to
    /// a model, and pushes both there. No metric has a label that names a call, a person or a text.
    /// </summary>
    /// <param name="processName">What kind of process it is, for example <c>teleprompter-gateway</c>.</param>
    public static IServiceCollection AddProcessTelemetry(this IServiceCollection services, IConfiguration configuration, string processName)
    {
        services.AddOptions<OpenTelemetryOptions>()
            .BindConfiguration(OpenTelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(
                resource => resource.Clear().AddService(processName, serviceVersion: Version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter(page => page.ScopeInfoEnabled = false));
        if (
            Uri.TryCreate(
                configuration[$"{OpenTelemetryOptions.Section}:{nameof(OpenTelemetryOptions.Endpoint)}"],
                UriKind.Absolute,
                out var collector))
        {
            telemetry.WithTraces().UseOtlpExporter(OtlpExportProtocol.Grpc, collector);
        }
        else if (!string.IsNullOrEmpty(configuration[OtlpEndpoint]))
        {
            // Reads it, and OpenTelemetry's other settings, by itself.
            telemetry.WithTraces().UseOtlpExporter();
        }

        return services;
    }

    /// <summary>Adds something to look at whenever metrics are collected.</summary>
    /// <param name="name">Its name, by OpenTelemetry's rules: <c>teleprompter.gateway.calls</c>.</param>
    /// <param name="unit">Its unit in UCUM, such as <c>{call}</c>; null for yes (1) and no (0).</param>
    /// <param name="description">What it says, in a sentence.</param>
    public static IServiceCollection AddGauge<T>(
        this IServiceCollection services, string name, string? unit, string description, Func<T, long> read)
        where T : notnull =>
        services.ConfigureOpenTelemetryMeterProvider((provider, _) =>
        {
            var known = provider.GetRequiredService<T>();
            provider.GetRequiredService<IMeterFactory>().Create("Teleprompter")
                .CreateObservableUpDownCounter(name, () => read(known), unit, description);
        });

    /// <summary>
    /// Maps <c>/metrics</c>. It answers connections from this machine, or those to <see cref="OpenTelemetryOptions.MetricsPort"/> where
    /// that is set, and does not exist for others.
    /// </summary>
    public static void MapMetricsPage(this IEndpointRouteBuilder endpoints)
    {
        var port = endpoints.ServiceProvider.GetRequiredService<IOptions<OpenTelemetryOptions>>().Value.MetricsPort;
        endpoints.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, Guard, optionsName: null).DisableHttpMetrics();

        void Guard(IApplicationBuilder page) => page.Use((context, next) =>
        {
            if (MayAsk(context.Connection, port))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    static string? Version =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    static IOpenTelemetryBuilder WithTraces(this IOpenTelemetryBuilder telemetry) => telemetry.WithTracing(tracing => tracing
        .AddSource(Tracing.SourceName, ModelRequests)
        .SetSampler(provider => new SuggestionSampler(provider.GetRequiredService<IOptions<OpenTelemetryOptions>>().Value.TraceShare)));

    static bool MayAsk(ConnectionInfo connection, int? port) =>
        port is { } only ? connection.LocalPort == only : connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);
}
