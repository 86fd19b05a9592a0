using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// Watches the fleet while this gateway has viewers, and only then: listens to the feed, folds it, and sends all viewers the same message twice a second.
/// </summary>
/// <param name="bus">Brings the feed.</param>
/// <param name="hub">Reaches the viewers.</param>
/// <param name="name">This gateway.</param>
/// <param name="options">What is aimed at.</param>
/// <param name="time">The clock.</param>
public sealed class FleetWatch(
    IMessageBus bus, IHubContext<DashboardHub, IDashboardClient> hub, GatewayName name, IOptions<DashboardOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>How often viewers are told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>By then every process has been heard once: a view before that would show a fleet without workers.</summary>
    static readonly TimeSpan FirstRound = WorkerHeartbeat.Interval + TimeSpan.FromMilliseconds(100);

    const string Viewing = "viewers";

    readonly Lock sync = new();
    readonly ConcurrentDictionary<string, byte> viewers = new(StringComparer.Ordinal);
    readonly SemaphoreSlim wanted = new(0);
    readonly FleetFold fold = new(new LeadTargets(
        options.Value.BudgetMs, options.Value.TeamMs, options.Value.InputPrice, options.Value.OutputPrice, options.Value.Currency));

    volatile TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long number;

    /// <summary>How many watch.</summary>
    public int Viewers => viewers.Count;

    /// <summary>Lets a viewer in.</summary>
    /// <param name="connectionId">The viewer's connection.</param>
    /// <param name="cancellationToken">The viewer is gone.</param>
    /// <returns>The whole view, for the first viewer after a moment of listening; what changes from then on is sent.</returns>
    public async Task<FleetView> Enter(string connectionId, CancellationToken cancellationToken)
    {
        await hub.Groups.AddToGroupAsync(connectionId, Viewing, cancellationToken);
        if (viewers.TryAdd(connectionId, 0))
        {
            wanted.Release();
        }

        await heard.Task.WaitAsync(cancellationToken);
        lock (sync)
        {
            return fold.View(number, whole: true, time.GetUtcNow());
        }
    }

    /// <summary>A viewer is gone.</summary>
    /// <param name="connectionId">The viewer's connection.</param>
    public void Leave(string connectionId) => viewers.TryRemove(connectionId, out _);

    /// <summary>Who owns a live call, as far as this watch knows.</summary>
    /// <param name="callId">The call.</param>
    /// <returns>The owner, or null.</returns>
    public CallOwnership? OwnerOf(string callId)
    {
        lock (sync)
        {
            return fold.OwnerOf(callId);
        }
    }

    /// <inheritdoc/>
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
        await using var workers = await bus.Subscribe(BusChannels.WorkerDashboards, stoppingToken);
        await using var gateways = await bus.Subscribe(BusChannels.GatewayDashboards, stoppingToken);
        await using var watches = await bus.Subscribe(BusChannels.DashboardWatches, stoppingToken);
        Task[] listening =
        [
            Each(heartbeats, heartbeat => fold.Hear(heartbeat, time.GetUtcNow()), over.Token),
            Each(workers, feed => fold.Hear(feed, time.GetUtcNow()), over.Token),
            Each(gateways, feed => fold.Hear(feed, time.GetUtcNow()), over.Token),
            Each(watches, TellOfGone, over.Token),
        ];
        try
        {
            _ = bus.Publish(BusChannels.DashboardWatches, new DashboardWatch(name.Id, Everything: true, Whole: []));
            await Task.Delay(FirstRound, time, stoppingToken);
            heard.TrySetResult();
            await Tell(stoppingToken);
        }
        finally
        {
            heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await over.CancelAsync();
            await Task.WhenAll(listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (sync)
            {
                fold.Deafen();
            }
        }
    }

    /// <summary>Twice a second, until nobody watches any more.</summary>
    async Task Tell(CancellationToken cancellationToken)
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
                _ = bus.Publish(BusChannels.DashboardWatches, new DashboardWatch(name.Id, Everything: false, missing));
            }

            // A viewer that does not read fills its own buffer, and is dropped by the connection's time-out: nobody waits for it.
            _ = hub.Clients.Group(Viewing).Receive(changes);
        }
    }

    void TellOfGone(DashboardWatch watch)
    {
        if (watch.Everything && watch.GatewayId != name.Id)
        {
            foreach (var feed in fold.OfGone(time.GetUtcNow()))
            {
                _ = bus.Publish(BusChannels.WorkerDashboards, feed);
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
