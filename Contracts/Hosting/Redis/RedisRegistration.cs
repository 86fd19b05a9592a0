using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>Registers both seams on Redis.</summary>
public static class RedisRegistration
{
    /// <summary>
    /// Adds <see cref="IMessageBus"/>, <see cref="ICallStore"/>, <see cref="ITicketStore"/>, <see cref="ILeaseStore"/>,
    /// <see cref="IAuditTrail"/>, <see cref="IBudgetStore"/>, the keys of sign-in cookies, and the watched <see cref="RedisConnection"/>
    /// that they share. Call it before whatever uses them when the host starts: services start in the order they were added.
    /// </summary>
    /// <param name="connectionString"><c>host:port</c>, with <c>,password=…</c> and <c>,ssl=true</c> where needed.</param>
    /// <exception cref="ArgumentException">The connection string cannot be used; the message says how to set it.</exception>
    public static IServiceCollection AddRedisSeams(this IServiceCollection services, string connectionString)
    {
        // Here and not when first resolved, so that a mistake stops the process before anything else starts.
        RedisConnectionString.Parse(connectionString);
        return services
            .AddSingleton(provider => new RedisConnection(connectionString, provider.GetRequiredService<ILogger<RedisConnection>>()))
            .AddHostedService(provider => provider.GetRequiredService<RedisConnection>())
            .AddSingleton<IMessageBus, RedisMessageBus>()
            .AddSingleton<ICallStore, RedisCallStore>()
            .AddSingleton<ITicketStore, RedisTicketStore>()
            .AddSingleton<IAuditTrail, RedisAuditTrail>()
            .AddSingleton<IBudgetStore, RedisBudgetStore>()
            .AddSingleton<ILeaseStore, RedisLeaseStore>()
            .AddOptions<KeyManagementOptions>().Configure<RedisConnection>((keys, redis) =>
                keys.XmlRepository = new RedisXmlRepository(() => redis.Store.Multiplexer.GetDatabase(), RedisNames.CookieKeys))
            .Services;
    }
}
