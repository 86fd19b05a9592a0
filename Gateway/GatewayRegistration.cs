using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Teleprompter.Bus;
using Teleprompter.Gateway.Audit;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Consents;
using Teleprompter.Gateway.Dashboard;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Gateway.Hub;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Privacy;
using Teleprompter.Gateway.Rehearsals;
using Teleprompter.Gateway.Reports;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Hosting.Privacy;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway;

/// <summary>Registers the gateway and maps its addresses.</summary>
public static class GatewayRegistration
{
    // What a client sends faster than it is read stays with the client: Kestrel would keep a megabyte of it.
    const int UnreadBytes = 64 * 1024;

    /// <summary>Adds the gateway; the bus and the store are the host's choice.</summary>
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.UseLoopbackRule();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = UnreadBytes);
        // SignalR logs every refusal as an error with its stack trace; MessageGate counts refusals and logs what failed on this side.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical);
        builder.Services.AddSignIn(builder.Configuration);
        builder.Services
            .AddSingleton(TimeProvider.System).AddSingleton(Random.Shared)
            .AddValidated<GatewayOptions>(GatewayOptions.Section)
            .AddValidated<RateLimitOptions>(RateLimitOptions.Section)
            .AddValidated<CallStoreOptions>(CallStoreOptions.Section)
            .AddValidated<ConsentOptions>(ConsentOptions.Section).AddSingleton<ConsentRules>().AddSingleton<CallErasure>()
            .AddValidated<AuditOptions>(AuditOptions.Section).AddSingleton<AuditLog>().AddSingleton<KeptData>()
            .AddValidated<DashboardOptions>(DashboardOptions.Section)
            .AddSingleton<WorkerDirectory>().AddHostedService(provider => provider.GetRequiredService<WorkerDirectory>())
            .AddSingleton<CallPlacement>()
            .AddSingleton<CallRouter>().AddSingleton<LiveCalls>().AddSingleton<CallRegister>().AddHostedService<CallMaintenance>()
            .AddValidated<RehearsalOptions>(RehearsalOptions.Section).AddSingleton<RehearsalGate>()
            .AddRedaction().AddSingleton<CallIntake>().AddSingleton<AudioIntake>().AddSingleton<MessageGate>()
            .AddSingleton<ConsentGate>().AddSingleton<ConsentIntake>()
            .AddSingleton<CallAdmission>().AddHostedService<CallLeases>()
            .AddSingleton<CallOpener>().AddHostedService<HubWarmUp>()
            .AddSingleton<FleetWatch>().AddHostedService(provider => provider.GetRequiredService<FleetWatch>())
            .AddSingleton<CallOwners>().AddSingleton<CallWatching>().AddSingleton<LineSending>()
            .AddSingleton<GatewayName>().AddSingleton<GatewayFacts>().AddHostedService<GatewayPulse>()
            .AddHubs()
            .AddMetricsAndHealth(builder.Configuration);
    }

    /// <summary>Maps every address of the gateway.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.UseProxyHeaders();
        app.UseSecurityHeaders();
        app.UseMiddleware<DrainGate>();
        app.UseMiddleware<OriginGate>();
        app.UseMiddleware<ConnectionGate>();
        app.Use(PacedPongStream.Use);
        app.UseAuthentication();
        app.UseMiddleware<PageGate>();
        app.UsePages();
        app.UseAuthorization();
        app.MapPacedHub<CallHub>("/hubs/call").RequireAuthorization(SignInPolicies.RepSocket);
        app.MapPacedHub<DashboardHub>("/hubs/lead").RequireAuthorization(SignInPolicies.LeadSocket);
        app.MapSignIn();
        app.MapConsent();
        app.MapCallReports();
        app.MapKeptData();
        app.MapAudit();
        app.MapPersonas();
        app.MapHealthPages();
        app.MapMetricsPage();
    }

    static void AddMetricsAndHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHealthPages().Add(HealthPages.Check("workers", provider => provider.GetRequiredService<WorkerDirectory>().Alive == 0
            ? HealthCheckResult.Degraded("No worker is heard of: nothing answers.")
            : HealthCheckResult.Healthy()));
        services
            .AddProcessTelemetry(configuration, "teleprompter-gateway")
            .AddGauge<LiveCalls>("teleprompter.gateway.calls", "{call}", "Calls whose sockets this gateway holds.", calls => calls.Count)
            .AddGauge<WorkerDirectory>("teleprompter.gateway.workers", "{worker}", "Workers this gateway hears of.", known => known.Alive);
    }

    static IServiceCollection AddValidated<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
