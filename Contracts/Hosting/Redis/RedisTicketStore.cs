using StackExchange.Redis;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>The tickets in Redis, which forgets them by itself.</summary>
public sealed class RedisTicketStore(RedisConnection connection) : ITicketStore
{
    public async ValueTask Keep(string hash, string user, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        await Run(redis => redis.StringSetAsync(RedisNames.Ticket(hash), user, timeToLive), cancellationToken);

    public async ValueTask<string?> Redeem(string hash, CancellationToken cancellationToken = default) =>
        await Run(redis => redis.StringGetDeleteAsync(RedisNames.Ticket(hash)), cancellationToken);

    async Task<T> Run<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(connection.Store.Multiplexer.GetDatabase()).WaitAsync(RedisLink.AnswerTimeout, cancellationToken);
        }
        catch (Exception e) when (RedisTrouble.Is(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new CallStoreUnavailableException($"Redis did not answer: {e.Message}", e);
        }
    }
}
