using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>What things are called in Redis. Everything begins with <c>tp:</c>.</summary>
static class RedisNames
{
    /// <summary>A channel of the bus.</summary>
    public static RedisChannel Channel(string name) => RedisChannel.Literal($"tp:{name}");

    /// <summary>Holds the name of this life of the store; gone when everything is gone.</summary>
    public static RedisKey[] Incarnation { get; } = ["tp:incarnation"];

    /// <summary>The keys of a call: its hash, and the stream of its entries. The braces put both into one slot of a cluster.</summary>
    public static RedisKey[] Call(string callId) => [$"tp:call:{{{callId}}}", $"tp:call:{{{callId}}}:log"];
}
