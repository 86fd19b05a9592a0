using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// Watches the fleet while this gateway has viewers, and for <see cref="Linger"/> afterwards: folds what workers and gateways tell, and
/// sends all viewers the same message twice a second, each with the calls that they may see.
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

    /// <summary>
    /// How long it watches without viewers. The only one who reloads the page or loses the connection just after a process has died would
    /// else never be told of it.
    /// </summary>
    static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    /// <summary>By then every process has told something once: a view before that would show a fleet without workers.</summary>
    static readonly TimeSpan FirstRound = WorkerHeartbeat.Interval + TimeSpan.FromMilliseconds(100);

    readonly Lock sync = new();
    readonly ConcurrentDictionary<string, Audience> viewers = new(StringComparer.Ordinal);
    readonly SemaphoreSlim wanted = new(0);
    readonly FleetFold fold = new(options.Value.Targets);
    volatile TaskCompletionSource firstRound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long number;

    /// <summary>How many viewers there are.</summary>
    public int Viewers => viewers.Count;

    /// <summary>Adds a viewer.</summary>
    /// <returns>The whole view, for the first viewer after <see cref="FirstRound"/>; what changes from then on is sent.</returns>
    public async Task<FleetView> Enter(string connectionId, SignedInUser user, CancellationToken cancellationToken)
    {
        var audience = Audience.Of(user);
        await hub.Groups.AddToGroupAsync(connectionId, audience.Group, cancellationToken);
        if (viewers.TryAdd(connectionId, audience))
        {
            wanted.Release();
        }

        await firstRound.Task.WaitAsync(cancellationToken);
        lock (sync)
        {
            return For(audience, fold.View(number, whole: true, time.GetUtcNow()));
        }
    }

    /// <summary>Removes a viewer.</summary>
    public void Leave(string connectionId) => viewers.TryRemove(connectionId, out _);

    /// <summary>A live call; null when no owner has told of it.</summary>
    public CallFacts? Find(string callId)
    {
        lock (sync)
        {
            return fold.Find(callId);
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

    /// <summary>Sends what changed to all viewers, until there have been none for <see cref="Linger"/>.</summary>
    async Task SendChanges(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var viewed = time.GetUtcNow();
        for (var tick = 1; await timer.WaitForNextTickAsync(cancellationToken); tick++)
        {
            (string Group, FleetView View)[] changes;
            IReadOnlyList<string> missing = [];
            var now = time.GetUtcNow();
            viewed = viewers.IsEmpty ? viewed : now;
            if (now - viewed >= Linger)
            {
                return;
            }

            lock (sync)
            {
                var all = fold.View(++number, whole: false, now);
                changes = [.. viewers.Values.Distinct().Select(audience => (audience.Group, For(audience, all)))];
                missing = tick % 2 == 0 ? fold.Missing(now) : missing;
            }

            if (tick % 2 == 0)
            {
                _ = bus.Publish(DashboardChannels.Watches, new DashboardWatch(name.Id, Everything: false, missing));
            }

            // Not awaited: a viewer that does not read fills its own buffer until its connection times out.
            foreach (var (group, view) in changes)
            {
                _ = hub.Clients.Group(group).Receive(view);
            }
        }
    }

    FleetView For(Audience audience, FleetView view) => audience.AllTeams
        ? view
        : view with { Calls = [.. view.Calls.Where(call => fold.Find(call.CallId)?.Team == audience.Team)] };

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

    /// <summary>Viewers that see the same calls.</summary>
    sealed record Audience(bool AllTeams, string? Team)
    {
        public string Group => AllTeams ? "viewers" : $"viewers of {Team}";

        public static Audience Of(SignedInUser user) =>
            user.Is(UserRole.Admin) ? new(AllTeams: true, null) : new(AllTeams: false, user.Team);
    }
}
