using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>Redis' clock as seen from here, so that a write can name the moment after which nobody waits for it.</summary>
sealed class RedisClock
{
    long offset;

    /// <summary>Redis' time some time from now, in Unix milliseconds.</summary>
    public long In(TimeSpan time) => Environment.TickCount64 + Interlocked.Read(ref offset) + (long)time.TotalMilliseconds;

    /// <summary>Asks Redis for its time. The clock is then ahead of Redis' by at most the time the question travelled.</summary>
    public async Task Set(ConnectionMultiplexer redis)
    {
        var asked = Environment.TickCount64;
        var time = await redis.GetServers()[0].TimeAsync();
        Interlocked.Exchange(ref offset, new DateTimeOffset(time).ToUnixTimeMilliseconds() - asked);
    }
}
