using StackExchange.Redis;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>The leases in Redis: for each a sorted set of its holders by the time, in ms of Redis' clock, when their parts end.</summary>
public sealed class RedisLeaseStore(RedisConnection connection) : ILeaseStore
{
    /// <summary>KEYS: the lease. ARGV: the holder, time to live in ms, places.</summary>
    const string HoldScript =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        local holders = redis.call('ZRANGE', KEYS[1], 0, -1)
        local held = false
        for _, holder in ipairs(holders) do held = held or holder == ARGV[1] end
        if not held and #holders >= tonumber(ARGV[3]) then return holders end
        redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        if not held then holders[#holders + 1] = ARGV[1] end
        return holders
        """;

    public async ValueTask<IReadOnlyList<string>> Hold(
        string lease, string holder, TimeSpan timeToLive, int places = 1, CancellationToken cancellationToken = default)
    {
        RedisValue[] values = [holder, (long)timeToLive.TotalMilliseconds, places];
        var holders = await connection.Ask(
            redis => redis.ScriptEvaluateAsync(HoldScript, [RedisNames.Lease(lease)], values), cancellationToken);
        return (string[])holders!;
    }

    public async ValueTask Release(string lease, string holder, CancellationToken cancellationToken = default) =>
        await connection.Ask(redis => redis.SortedSetRemoveAsync(RedisNames.Lease(lease), holder), cancellationToken);
}
