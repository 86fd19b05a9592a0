using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>Metrics, as Prometheus asks for them and as OTLP collectors are told.</summary>
public static class MetricsPage
{
    /// <summary>Adds the process's metrics and traces.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="processName">What kind of process it is, for example <c>teleprompter-gateway</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddProcessMetrics(this IServiceCollection services, string processName)
    {
        services.AddOptions<OpenTelemetryOptions>().BindConfiguration(OpenTelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddMetrics().AddSingleton(new ProcessName(processName)).AddSingleton<ProcessMetrics>().AddSingleton<ProcessTraces>();
    }

    /// <summary>Adds something to look at whenever metrics are collected.</summary>
    /// <typeparam name="T">The service that knows.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="name">Its name, by OpenTelemetry's rules.</param>
    /// <param name="unit">Its unit in UCUM; null for yes (1) and no (0).</param>
    /// <param name="description">What it says, in a sentence.</param>
    /// <param name="read">Looks; must be cheap.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddGauge<T>(this IServiceCollection services, string name, string? unit, string description, Func<T, long> read)
        where T : notnull =>
        services.AddSingleton(provider =>
        {
            var known = provider.GetRequiredService<T>();
            return new Gauge(name, unit, description, () => read(known));
        });

    /// <summary>
    /// Maps <c>/metrics</c>, and begins to collect, traces too. It answers connections from this machine, or those to <see cref="OpenTelemetryOptions.MetricsPort"/> where
    /// that is set, and does not exist for others.
    /// </summary>
    /// <param name="endpoints">The process's addresses.</param>
    public static void MapMetricsPage(this IEndpointRouteBuilder endpoints)
    {
        var metrics = endpoints.ServiceProvider.GetRequiredService<ProcessMetrics>();
        endpoints.ServiceProvider.GetRequiredService<ProcessTraces>();
        var port = endpoints.ServiceProvider.GetRequiredService<IOptions<OpenTelemetryOptions>>().Value.MetricsPort;
        endpoints
            .MapGet("/metrics", (HttpContext context) => MayAsk(context.Connection, port) ? Results.Text(metrics.Scrape(), PrometheusText.ContentType) : Results.NotFound())
            .DisableHttpMetrics();
    }

    static bool MayAsk(ConnectionInfo connection, int? port) =>
        port is { } only ? connection.LocalPort == only : connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);
}
