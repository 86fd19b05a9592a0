using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Dashboard;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Gateway.Hub;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Reports;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway;

/// <summary>Registers the gateway and maps its addresses.</summary>
public static class GatewayRegistration
{
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SilenceAtMost = TimeSpan.FromSeconds(4);
    const int MessageBytesAtMost = 32 * 1024;

    // What a client gathers of both voices while a connection is lost may come in one go.
    const int FramesAtMost = 500;

    /// <summary>Adds the gateway; the bus and the store are the host's choice.</summary>
    /// <param name="builder">The host.</param>
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System).AddSingleton(Random.Shared);
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CallStoreOptions>().BindConfiguration(CallStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WorkerDirectory>().AddHostedService(provider => provider.GetRequiredService<WorkerDirectory>());
        services.AddSingleton<LiveCalls>().AddHostedService<CallMaintenance>();
        services.AddSingleton<CallPlacement>().AddSingleton<CallRegister>().AddSingleton<CallOpener>().AddSingleton<CallIntake>().AddSingleton<MessageGate>().AddSingleton<AudioGate>();
        services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<GatewayName>().AddSingleton<CallWatching>().AddSingleton<GatewayFacts>();
        services.AddSingleton<FleetWatch>().AddHostedService(provider => provider.GetRequiredService<FleetWatch>()).AddHostedService<GatewayPulse>();
        services.AddHealthPages().Add(HealthPages.Check("workers", provider => provider.GetRequiredService<WorkerDirectory>().Alive == 0
            ? HealthCheckResult.Degraded("No worker is heard of: nothing answers.")
            : HealthCheckResult.Healthy()));
        services
            .AddProcessMetrics("teleprompter-gateway")
            .AddGauge<LiveCalls>("teleprompter.gateway.calls", "{call}", "Calls whose sockets this gateway holds.", calls => calls.Count)
            .AddGauge<WorkerDirectory>("teleprompter.gateway.workers", "{worker}", "Workers this gateway hears of.", workers => workers.Alive);
        services
            .AddSignalR(options =>
            {
                options.KeepAliveInterval = KeepAlive;
                options.ClientTimeoutInterval = SilenceAtMost;
                options.MaximumReceiveMessageSize = MessageBytesAtMost;
                // Only messages of our own pass: MessageGate hides every other exception. What is left to detail is a malformed argument.
                options.EnableDetailedErrors = true;
                options.StreamBufferCapacity = FramesAtMost;
                options.AddFilter<RefusedStreamReader>();
                options.AddFilter<MessageGate>();
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new(ContractsJson.Default.Options));
        var allowRemote = builder.Configuration.GetValue<bool>($"{GatewayOptions.Section}:{nameof(GatewayOptions.AllowRemote)}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => RequireLoopback(endpoint, allowRemote));
        });
    }

    /// <summary>Maps every address of the gateway.</summary>
    /// <param name="app">The gateway.</param>
    public static void MapGateway(this WebApplication app)
    {
        app.UseMiddleware<DrainGate>();
        app.UseMiddleware<OriginGate>();
        app.UseMiddleware<DashboardGate>();
        app.UsePages();
        app.MapHub<CallHub>("/hubs/call", options => options.Transports = HttpTransportType.WebSockets);
        app.MapHub<DashboardHub>("/hubs/lead", options => options.Transports = HttpTransportType.WebSockets);
        app.MapCallReports();
        app.MapHealthPages();
        app.MapMetricsPage();
    }

    static void RequireLoopback(ListenOptions endpoint, bool allowRemote)
    {
        if (!allowRemote && endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
        {
            throw new InvalidOperationException(
                $"{address} can be reached from other machines, and there is no sign-in yet: whoever reaches it could start calls. "
                + "Listen on http://localhost:5080, or set Gateway:AllowRemote to true (and AllowedHosts to the host's name).");
        }
    }
}
