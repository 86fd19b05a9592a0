using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>A connected multiplexer and its two faces.</summary>
/// <param name="multiplexer">The multiplexer.</param>
/// <param name="clientName">What its connections are called in <c>CLIENT LIST</c>.</param>
sealed class RedisSession(ConnectionMultiplexer multiplexer, string clientName)
{
    /// <summary>The multiplexer.</summary>
    public ConnectionMultiplexer Multiplexer => multiplexer;

    /// <summary>What its connections are called in <c>CLIENT LIST</c>.</summary>
    public string ClientName => clientName;

    /// <summary>Commands.</summary>
    public IDatabase Database { get; } = multiplexer.GetDatabase();

    /// <summary>Channels.</summary>
    public ISubscriber Subscriber { get; } = multiplexer.GetSubscriber();
}
