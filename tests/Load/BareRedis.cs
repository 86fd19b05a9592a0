using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using StackExchange.Redis;

namespace Teleprompter.Tests.Load;

/// <summary>
/// The floor's way over Redis: two one-way hops over pub/sub, there and back, as a message to a worker and its answer make.
/// </summary>
sealed class BareRedis : IAsyncDisposable
{
    static readonly RedisChannel There = new("there", RedisChannel.PatternMode.Literal);
    static readonly RedisChannel Back = new("back", RedisChannel.PatternMode.Literal);

    readonly ConcurrentDictionary<long, TaskCompletionSource> waiting = new();
    readonly ConnectionMultiplexer near;
    readonly ConnectionMultiplexer far;

    BareRedis(ConnectionMultiplexer near, ConnectionMultiplexer far) => (this.near, this.far) = (near, far);

    public static async Task<BareRedis> Start(string address)
    {
        var redis = new BareRedis(await ConnectionMultiplexer.ConnectAsync(address), await ConnectionMultiplexer.ConnectAsync(address));
        await redis.far.GetSubscriber().SubscribeAsync(There, (_, message) => redis.Answer(message));
        await redis.near.GetSubscriber().SubscribeAsync(Back, (_, message) => redis.Return((byte[])message!));
        return redis;
    }

    /// <summary>Sends a message there and back; it begins with a number of its own.</summary>
    public async Task RoundTrip(ReadOnlyMemory<byte> message)
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[NumberOf(message.Span)] = back;
        _ = near.GetSubscriber().PublishAsync(There, message.ToArray());
        await back.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await near.CloseAsync();
        await far.CloseAsync();
    }

    void Answer(RedisValue message) => _ = far.GetSubscriber().PublishAsync(Back, message);

    void Return(byte[] message)
    {
        if (waiting.TryRemove(NumberOf(message), out var back))
        {
            back.SetResult();
        }
    }

    static long NumberOf(ReadOnlySpan<byte> message) =>
        Utf8Parser.TryParse(message, out long number, out _) ? number : throw new FormatException(Encoding.UTF8.GetString(message));
}
