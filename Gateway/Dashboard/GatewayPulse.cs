using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Tells watching gateways, this one included, how this gateway stands; nothing while nobody watches.</summary>
/// <param name="bus">Carries it.</param>
/// <param name="name">This gateway.</param>
/// <param name="facts">How it stands.</param>
/// <param name="time">The clock.</param>
public sealed class GatewayPulse(IMessageBus bus, GatewayName name, GatewayFacts facts, TimeProvider time) : BackgroundService
{
    long watchedAt;
    volatile bool watched;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var watches = await bus.Subscribe(BusChannels.DashboardWatches, stoppingToken);
        await await Task.WhenAny(Listen(watches, stoppingToken), Beat(stoppingToken));
    }

    async Task Listen(IBusSubscription<DashboardWatch> watches, CancellationToken cancellationToken)
    {
        await foreach (var _ in watches.WithCancellation(cancellationToken))
        {
            Volatile.Write(ref watchedAt, time.GetTimestamp());
            watched = true;
        }
    }

    async Task Beat(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerHeartbeat.Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            watched = watched && time.GetElapsedTime(Volatile.Read(ref watchedAt)) < DashboardWatch.Lapse;
            if (watched)
            {
                _ = bus.Publish(BusChannels.GatewayDashboards, new GatewayDashboard(View()));
            }
        }
    }

    GatewayView View() => new(
        name.Id,
        name.Version,
        HeardAtMs: 0,
        Gone: false,
        facts.Readiness.Draining,
        facts.Calls.Count,
        facts.Watch.Viewers,
        facts.Workers.Alive,
        GatewayTelemetry.Refused);
}

/// <summary>What a gateway tells of itself.</summary>
/// <param name="Readiness">Whether it drains.</param>
/// <param name="Calls">Its calls.</param>
/// <param name="Watch">Its viewers.</param>
/// <param name="Workers">The workers it hears.</param>
public sealed record GatewayFacts(Readiness Readiness, LiveCalls Calls, FleetWatch Watch, WorkerDirectory Workers);
