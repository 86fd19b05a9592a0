using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Hosting.Redis;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>What one process holds of Redis: both seams and the watched connection, registered as a host registers them.</summary>
sealed class RedisPeer : IAsyncDisposable
{
    readonly ServiceProvider services;

    RedisPeer(ServiceProvider services) => this.services = services;

    /// <summary>The levels of what the connection logged, in order.</summary>
    public IReadOnlyCollection<LogLevel> Logged => services.GetRequiredService<LevelRecorder>().Levels;

    /// <summary>
    /// How many sockets it has opened: one for the bus' commands, one for its channels, one for the store, and one more for each reconnect.
    /// </summary>
    public long Sockets => Opened(Connection.Bus) + Opened(Connection.Store);

    public RedisConnection Connection => services.GetRequiredService<RedisConnection>();

    public RedisMessageBus Bus => (RedisMessageBus)services.GetRequiredService<IMessageBus>();

    public ICallStore Store => services.GetRequiredService<ICallStore>();

    public IAuditTrail Trail => services.GetRequiredService<IAuditTrail>();

    public IBudgetStore Budgets => services.GetRequiredService<IBudgetStore>();

    public static Task<RedisPeer> Start(RedisServer server, int maxBytes = 4 * 1024 * 1024) => Start(server.ConnectionString, maxBytes);

    public static async Task<RedisPeer> Start(
        string connectionString, int maxBytes = 4 * 1024 * 1024, Action<AuditOptions>? audit = null)
    {
        var services = new ServiceCollection()
            .Configure<CallStoreOptions>(options => options.MaxBytes = maxBytes)
            .Configure(audit ?? (_ => { }))
            .AddRedisSeams(connectionString)
            .AddSingleton<LevelRecorder>()
            .AddSingleton<ILogger<RedisConnection>>(provider => provider.GetRequiredService<LevelRecorder>())
            .BuildServiceProvider();
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        return new RedisPeer(services);
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }

    static long Opened(RedisLink link) =>
        link.Multiplexer.GetCounters() is var counters ? counters.Interactive.SocketCount + counters.Subscription.SocketCount : 0;

    sealed class LevelRecorder : ILogger<RedisConnection>
    {
        public ConcurrentQueue<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Levels.Enqueue(level);
            TestContext.Out.WriteLine(formatter(state, exception));
        }
    }
}
