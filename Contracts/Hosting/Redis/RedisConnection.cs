using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// The connections to Redis, and whether it answers. The bus and the store have a multiplexer each, so that a large read does not hold up
/// live text. The client reconnects by itself; twice a second each multiplexer is asked for an answer, and without one for a second Redis
/// counts as away.
/// </summary>
public sealed partial class RedisConnection : BackgroundService
{
    static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(500);

    readonly ILogger<RedisConnection> logger;
    readonly Lock sync = new();
    bool? reachable;

    /// <summary>Creates it unconnected; it connects when started as a hosted service.</summary>
    /// <param name="connectionString">The connection string of StackExchange.Redis, or a <c>redis://</c> or <c>rediss://</c> URL.</param>
    /// <param name="logger">Where being away, being back and lost subscriptions are told.</param>
    /// <exception cref="ArgumentException">The connection string cannot be used; the message says how to set it.</exception>
    public RedisConnection(string connectionString, ILogger<RedisConnection> logger)
    {
        this.logger = logger;
        var options = RedisConnectionString.Parse(connectionString);
        (Bus, Store) = (new RedisLink(options), new RedisLink(options));
        Subscriptions = new RedisSubscriptions(Bus);
    }

    /// <summary>Whether Redis answers, for live text and for the store. Going away is noticed within 2 s, coming back within 3 s.</summary>
    public bool Reachable => Trouble is null;

    /// <summary>Why Redis is not reachable, in the client's words; null while it is.</summary>
    public string? Trouble => Bus.Trouble ?? Store.Trouble;

    internal RedisLink Bus { get; }

    internal RedisLink Store { get; }

    internal RedisSubscriptions Subscriptions { get; }

    internal RedisClock Clock { get; } = new();

    /// <summary>Asks the store's Redis, which answers or throws within about a second.</summary>
    /// <exception cref="CallStoreUnavailableException">It is away, or does not answer in time.</exception>
    internal async Task<T> Ask<T>(Func<IDatabase, Task<T>> question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Store.Trouble is { } trouble)
        {
            throw new CallStoreUnavailableException($"Redis is away: {trouble}");
        }

        try
        {
            return await question(Store.Multiplexer.GetDatabase()).WaitAsync(RedisLink.AnswerTimeout, cancellationToken);
        }
        catch (Exception e) when (RedisTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new CallStoreUnavailableException($"Redis did not answer: {e.Message}", e);
        }
    }

    /// <summary>Connects and begins to watch. Redis being down only delays this, by a few seconds at most.</summary>
    /// <returns>When connected, or when Redis turned out to be away.</returns>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Bus.Check(CheckBus), Store.Check(Clock.Set));
        Report();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Stops watching and disconnects.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(Bus.Disconnect(), Store.Disconnect());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Watch(Bus, CheckBus, stoppingToken), Watch(Store, Clock.Set, stoppingToken));

    async Task Watch(RedisLink link, Func<ConnectionMultiplexer, Task> check, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await link.Check(check);
            Report();
        }
    }

    // Commands and channels have a connection each.
    async Task CheckBus(ConnectionMultiplexer bus)
    {
        await Task.WhenAll(bus.GetDatabase().PingAsync(), bus.GetSubscriber().PingAsync());
        if (Subscriptions.Mend())
        {
            LogSubscriptionsLost();
        }
    }

    void Report()
    {
        lock (sync)
        {
            var trouble = Trouble;
            if (trouble is null == reachable)
            {
                return;
            }

            reachable = trouble is null;
            if (trouble is null)
            {
                LogReachable();
            }
            else
            {
                LogAway(trouble);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away and is being waited for: {Trouble}")]
    partial void LogAway(string trouble);

    [LoggerMessage(LogLevel.Information, "Redis is reachable")]
    partial void LogReachable();

    [LoggerMessage(LogLevel.Warning, "Redis does not deliver everything this process listens to; subscribing again")]
    partial void LogSubscriptionsLost();
}
