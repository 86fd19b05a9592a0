using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// Watches the fleet while this gateway has viewers, and only then: folds what workers and gateways tell, and sends all viewers the same
/// message twice a second.
/// </summary>
public sealed class FleetWatch(
    IMessageBus bus,
    IHubContext<DashboardHub, IDashboardClient> hub,
    GatewayName name,
    IOptions<DashboardOptions> options,
    TimeProvider time)
    : BackgroundService
{
    /// <summary>How often viewers are told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>By then every process has told something once: a view before that would show a fleet without workers.</summary>
    static readonly TimeSpan FirstRound = WorkerHeartbeat.Interval + TimeSpan.FromMilliseconds(100);

    const string ViewerGroup = "viewers";

    readonly Lock sync = new();
    readonly ConcurrentDictionary<string, byte> viewers = new(StringComparer.Ordinal);
    readonly SemaphoreSlim wanted = new(0);
    readonly FleetFold fold = new(options.Value.Targets);
    volatile TaskCompletionSource firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long number;

    /// <summary>How many viewers there are.</summary>
    public int Viewers => viewers.Count;

    /// <summary>Adds a viewer.</summary>
    /// <returns>The whole view, for the first viewer after <see cref="FirstRound"/>; what changes from then on is sent.</returns>
    public async Task<FleetView> Enter(string connectionId, CancellationToken cancellationToken)
    {
        await hub.Groups.AddToGroupAsync(connectionId, ViewerGroup, cancellationToken);
        if (viewers.TryAdd(connectionId, 0))
        {
            wanted.Release();
        }

        await firstRound.Task.WaitAsync(cancellationToken);
        lock (sync)
        {
            return fold.View(number, whole: true, time.GetUtcNow());
        }
    }

    /// <summary>Removes a viewer.</summary>
    public void Leave(string connectionId) => viewers.TryRemove(connectionId, out _);

    /// <summary>The owner of a live call; null when none has told of it.</summary>
    public CallOwnership? OwnerOf(string callId)
    {
        lock (sync)
        {
            return fold.OwnerOf(callId);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await wanted.WaitAsync(stoppingToken);
            if (!viewers.IsEmpty)
            {
                await Watch(stoppingToken);
            }
        }
    }

    async Task Watch(CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using var heartbeats = await bus.Subscribe(BusChannels.Workers, stoppingToken);
        await using var workers = await bus.Subscribe(DashboardChannels.Workers, stoppingToken);
        await using var gateways = await bus.Subscribe(DashboardChannels.Gateways, stoppingToken);
        await using var watches = await bus.Subscribe(DashboardChannels.Watches, stoppingToken);
        Task[] listening =
        [
            Each(heartbeats, heartbeat => fold.Add(heartbeat, time.GetUtcNow()), over.Token),
            Each(workers, feed => fold.Add(feed, time.GetUtcNow()), over.Token),
            Each(gateways, feed => fold.Add(feed, time.GetUtcNow()), over.Token),
            Each(watches, TellOfGone, over.Token),
        ];
        try
        {
            _ = bus.Publish(DashboardChannels.Watches, new DashboardWatch(name.Id, Everything: true, Whole: []));
            await Task.Delay(FirstRound, time, stoppingToken);
            firstRound.TrySetResult();
            await SendChanges(stoppingToken);
        }
        finally
        {
            firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await over.CancelAsync();
            await Task.WhenAll(listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (sync)
            {
                fold.Reset();
            }
        }
    }

    /// <summary>Sends what changed to all viewers, until there are none.</summary>
    async Task SendChanges(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var tick = 1; await timer.WaitForNextTickAsync(cancellationToken) && !viewers.IsEmpty; tick++)
        {
            FleetView changes;
            IReadOnlyList<string> missing = [];
            lock (sync)
            {
                var now = time.GetUtcNow();
                changes = fold.View(++number, whole: false, now);
                missing = tick % 2 == 0 ? fold.Missing(now) : missing;
            }

            if (tick % 2 == 0)
            {
                _ = bus.Publish(DashboardChannels.Watches, new DashboardWatch(name.Id, Everything: false, missing));
            }

            // Not awaited: a viewer that does not read fills its own buffer until its connection times out.
            _ = hub.Clients.Group(ViewerGroup).Receive(changes);
        }
    }

    /// <summary>Tells another gateway, which has just begun to watch, of the workers that cannot tell of themselves any more.</summary>
    void TellOfGone(DashboardWatch watch)
    {
        if (watch.Everything && watch.GatewayId != name.Id)
        {
            foreach (var feed in fold.OfGone(time.GetUtcNow()))
            {
                _ = bus.Publish(DashboardChannels.Workers, feed);
            }
        }
    }

    async Task Each<T>(IBusSubscription<T> messages, Action<T> handle, CancellationToken cancellationToken)
    {
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            lock (sync)
            {
                handle(message);
            }
        }
    }
}
