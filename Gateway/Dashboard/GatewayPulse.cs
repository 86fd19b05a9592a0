using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>Tells the gateways with viewers, this one included, how this gateway stands; nothing while there are none.</summary>
public sealed class GatewayPulse(IMessageBus bus, GatewayFacts facts, TimeProvider time) : BackgroundService
{
    long watchedAt;
    volatile bool watched;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var watches = await bus.Subscribe(DashboardChannels.Watches, stoppingToken);
        await await Task.WhenAny(Listen(watches, stoppingToken), Publish(stoppingToken));
    }

    async Task Listen(IBusSubscription<DashboardWatch> watches, CancellationToken cancellationToken)
    {
        await foreach (var _ in watches.WithCancellation(cancellationToken))
        {
            Volatile.Write(ref watchedAt, time.GetTimestamp());
            watched = true;
        }
    }

    async Task Publish(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerHeartbeat.Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            watched = watched && time.GetElapsedTime(Volatile.Read(ref watchedAt)) < DashboardWatch.Lapse;
            if (watched)
            {
                _ = bus.Publish(DashboardChannels.Gateways, new GatewayDashboard(facts.View()));
            }
        }
    }
}
