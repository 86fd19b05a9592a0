using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>Tells the transport's trouble from our own mistakes.</summary>
static class RedisTrouble
{
    /// <summary>Whether an exception says that Redis is away, refuses, or that its connection was just replaced.</summary>
    public static bool Is(Exception exception) =>
        exception is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException;
}
