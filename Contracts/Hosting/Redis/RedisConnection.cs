using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// The connection to Redis, and its watchdog. The bus and the store have a multiplexer each, so that a large read does not hold up live
/// text. Twice a second each is asked for an answer: without one for a second Redis counts as away; after five seconds without one the
/// multiplexer is replaced, as it is when a lost subscription does not come back by subscribing again.
/// </summary>
public sealed partial class RedisConnection : BackgroundService
{
    static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RebuildAfter = TimeSpan.FromSeconds(5);
    const int ResubscribeAtMost = 2;

    readonly ILogger<RedisConnection> logger;
    readonly Lock sync = new();
    bool? reachable;
    long mended;
    long rebuilt;
    int misses;

    /// <summary>Creates it unconnected; it connects when started as a hosted service.</summary>
    /// <param name="connectionString">
    /// <c>host:port</c>, with <c>,password=…</c> and <c>,ssl=true</c> where needed: the connection string of StackExchange.Redis.
    /// </param>
    /// <param name="logger">Where being away, being back and mending are told.</param>
    /// <exception cref="ArgumentException">The connection string cannot be used; the message says how to set it.</exception>
    public RedisConnection(string connectionString, ILogger<RedisConnection> logger)
    {
        this.logger = logger;
        var options = RedisConnectionString.Parse(connectionString);
        (Bus, Store) = (new RedisLink(options), new RedisLink(options));
        Subscriptions = new RedisSubscriptions(Bus);
    }

    /// <summary>Raised when <see cref="Reachable"/> changed; handlers must not block.</summary>
    public event EventHandler? ReachableChanged;

    /// <summary>Whether Redis answers, for live text and for the store. Going away is noticed within 2 s, coming back within 3 s.</summary>
    public bool Reachable
    {
        get
        {
            lock (sync)
            {
                return reachable is true;
            }
        }
    }

    /// <summary>Why Redis is not reachable, in the client's words; null while it is.</summary>
    public string? Trouble => Bus.Trouble ?? Store.Trouble;

    /// <summary>How often lost subscriptions were found and subscribed again. Readers may have missed messages each time.</summary>
    public long SubscriptionsMended => Interlocked.Read(ref mended);

    /// <summary>How often a multiplexer was replaced.</summary>
    public long Rebuilds => Interlocked.Read(ref rebuilt);

    internal RedisLink Bus { get; }

    internal RedisLink Store { get; }

    internal RedisSubscriptions Subscriptions { get; }

    internal RedisClock Clock { get; } = new();

    /// <summary>Connects and begins to watch. Redis being down only delays this, by a few seconds at most.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When connected, or when Redis turned out to be away.</returns>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Attempt(Bus, ConnectBus), Attempt(Store, Store.Connect));
        await Task.WhenAll(Attempt(Bus, CheckBus), Attempt(Store, CheckStore));
        Report();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Stops watching and disconnects.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When disconnected.</returns>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(Bus.Disconnect(), Store.Disconnect());
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Watch(Bus, CheckBus, ConnectBus, stoppingToken), Watch(Store, CheckStore, Store.Connect, stoppingToken));

    async Task Watch(RedisLink link, Func<Task> check, Func<Task> connect, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckInterval);
        var answered = Environment.TickCount64;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Attempt(link, check);
            Report();
            if (link.Answers)
            {
                answered = Environment.TickCount64;
            }
            else if (Environment.TickCount64 - answered > RebuildAfter.TotalMilliseconds)
            {
                await Attempt(link, () => Rebuild(connect));
                answered = Environment.TickCount64;
            }
        }
    }

    async Task CheckBus()
    {
        var session = Bus.Required;
        if (await Subscriptions.Amiss(session) is not { } amiss)
        {
            misses = 0;
            return;
        }

        Interlocked.Increment(ref mended);
        LogSubscriptionsLost(amiss);
        if (++misses <= ResubscribeAtMost)
        {
            await Subscriptions.Resubscribe(session);
        }
        else
        {
            misses = 0;
            await Rebuild(ConnectBus);
        }
    }

    Task CheckStore() => Clock.Set(Store.Required.Database);

    async Task ConnectBus()
    {
        await Bus.Connect();
        await Subscriptions.Resubscribe(Bus.Required);
    }

    Task Rebuild(Func<Task> connect)
    {
        Interlocked.Increment(ref rebuilt);
        LogRebuilding();
        return connect();
    }

    // Whatever the client throws, the watchdog lives on.
    static async Task Attempt(RedisLink link, Func<Task> step)
    {
        try
        {
            await step();
            link.Trouble = null;
        }
        catch (Exception e)
        {
            link.Trouble = link.Failure is { } failure ? $"{failure}: {e.Message}" : e.Message;
        }
    }

    void Report()
    {
        lock (sync)
        {
            var now = Bus.Answers && Store.Answers;
            if (now == reachable)
            {
                return;
            }

            reachable = now;
        }

        if (Trouble is { } trouble)
        {
            LogAway(trouble);
        }
        else
        {
            LogReachable();
        }

        ReachableChanged?.Invoke(this, EventArgs.Empty);
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away and is being waited for: {Trouble}")]
    partial void LogAway(string trouble);

    [LoggerMessage(LogLevel.Information, "Redis is reachable")]
    partial void LogReachable();

    [LoggerMessage(LogLevel.Warning, "Redis does not deliver everything this process listens to ({Amiss}); subscribing again")]
    partial void LogSubscriptionsLost(string amiss);

    [LoggerMessage(LogLevel.Warning, "Replacing a connection to Redis")]
    partial void LogRebuilding();
}
