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

    public RedisConnection Connection => services.GetRequiredService<RedisConnection>();

    public RedisMessageBus Bus => (RedisMessageBus)services.GetRequiredService<IMessageBus>();

    public ICallStore Store => services.GetRequiredService<ICallStore>();

    public static Task<RedisPeer> Start(RedisServer server, int maxBytes = 4 * 1024 * 1024) => Start(server.ConnectionString, maxBytes);

    public static async Task<RedisPeer> Start(string connectionString, int maxBytes = 4 * 1024 * 1024)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true))
            .Configure<CallStoreOptions>(options => options.MaxBytes = maxBytes)
            .AddRedisSeams(connectionString)
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
}
