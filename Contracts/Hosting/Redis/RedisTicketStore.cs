using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>The tickets in Redis, which forgets them by itself.</summary>
public sealed class RedisTicketStore(RedisConnection connection) : ITicketStore
{
    public async ValueTask Keep(string hash, string user, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        await connection.Ask(redis => redis.StringSetAsync(RedisNames.Ticket(hash), user, timeToLive), cancellationToken);

    public async ValueTask<string?> Redeem(string hash, CancellationToken cancellationToken = default) =>
        await connection.Ask(redis => redis.StringGetDeleteAsync(RedisNames.Ticket(hash)), cancellationToken);
}
