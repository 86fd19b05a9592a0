using StackExchange.Redis;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Redis;

/// <summary>The leases in Redis, which lets them expire by itself.</summary>
public sealed class RedisLeaseStore(RedisConnection connection) : ILeaseStore
{
    const string HoldScript =
        """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then return holder end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return ARGV[1]
        """;

    const string ReleaseScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1";

    public async ValueTask<string> Hold(
        string lease, string holder, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        (string)(await Run(HoldScript, lease, [holder, (long)timeToLive.TotalMilliseconds], cancellationToken))!;

    public async ValueTask Release(string lease, string holder, CancellationToken cancellationToken = default) =>
        await Run(ReleaseScript, lease, [holder], cancellationToken);

    Task<RedisResult> Run(string script, string lease, RedisValue[] values, CancellationToken cancellationToken) =>
        connection.Ask(redis => redis.ScriptEvaluateAsync(script, [RedisNames.Lease(lease)], values), cancellationToken);
}
