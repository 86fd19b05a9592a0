using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Teleprompter.Hosting.Storage;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>
/// Health, as orchestrators ask for it. Alive means that the process answers; ready, that it has started and is not draining. What it
/// depends on is reported as degraded and never makes it unready: an outage must not take every replica out, or restart it, at once.
/// </summary>
public static class HealthPages
{
    /// <summary>Adds the checks that every process has.</summary>
    /// <returns>For more checks.</returns>
    public static IHealthChecksBuilder AddHealthPages(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<StoreWatch>().AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        services
            .AddGauge<StoreWatch>(
                "teleprompter.store.away", unit: null, "Whether storage cannot be reached.", store => store.IsAway ? 1 : 0)
            .AddGauge<Readiness>(
                "teleprompter.draining",
                unit: null,
                "Whether the process hands over what it holds.",
                readiness => readiness.Draining ? 1 : 0);
        var checks = services.AddHealthChecks();
        checks.Services.Configure<HealthCheckServiceOptions>(options =>
        {
            options.Registrations.Add(Check("process", provider => provider.GetRequiredService<Readiness>() switch
            {
                { Draining: true } => HealthCheckResult.Unhealthy("Draining: calls are being handed over."),
                { Ready: false } => HealthCheckResult.Unhealthy("Starting."),
                _ => HealthCheckResult.Healthy(),
            }));
            options.Registrations.Add(Check("store", provider => provider.GetRequiredService<StoreWatch>().IsAway
                ? HealthCheckResult.Degraded("Storage is not reachable: what is said is not kept, and no call can be resumed.")
                : HealthCheckResult.Healthy()));
        });
        return checks;
    }

    /// <summary>Lets the process drain on SIGTERM before it stops.</summary>
    public static IServiceCollection AddDraining(this IServiceCollection services)
    {
        services.AddOptions<DrainOptions>().BindConfiguration(DrainOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHostLifetime, DrainLifetime>();
    }

    /// <summary>A check that only looks at what is known already, so that asking costs nothing.</summary>
    public static HealthCheckRegistration Check(string name, Func<IServiceProvider, HealthCheckResult> look) =>
        new(name, provider => new Look(() => look(provider)), failureStatus: null, tags: null);

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealthPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write });
    }

    static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(
                check => check.Key, check => check.Value.Description ?? check.Value.Status.ToString(), StringComparer.Ordinal),
        },
        context.RequestAborted);

    sealed class Look(Func<HealthCheckResult> look) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(look());
    }
}
