using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// What things are called in Redis. What gateways and workers share begins with <c>tp:</c>, and what only gateways may see with
/// <c>tp-gateway:</c>: Redis knows a user for each, and what it may do depends on these prefixes (<c>deploy/k8s/redis/users.acl</c>).
/// </summary>
static class RedisNames
{
    /// <summary>A channel of the bus.</summary>
    public static RedisChannel Channel(string name) => RedisChannel.Literal($"tp:{name}");

    /// <summary>Holds the name of this life of the store; gone when everything is gone.</summary>
    public static RedisKey[] Incarnation { get; } = ["tp:incarnation"];

    /// <summary>The keys of a call: its hash, and the stream of its entries. The braces put both into one slot of a cluster.</summary>
    public static RedisKey[] Call(string callId) => [$"tp:call:{{{callId}}}", $"tp:call:{{{callId}}}:log"];

    /// <summary>The calls that somebody started.</summary>
    /// <param name="subject">Who; null for calls that nobody signed in for.</param>
    public static RedisKey[] CallsOf(string? subject) => [$"tp:calls-of:{Hash(subject)}"];

    /// <summary>What a person and a team have spent on a day. The braces put both into one slot of a cluster.</summary>
    public static RedisKey[] Spent(DateOnly day, string? subject, string? team) =>
        [$"tp:spent:{{{day:yyyy-MM-dd}}}:person:{Hash(subject)}", $"tp:spent:{{{day:yyyy-MM-dd}}}:team:{Hash(team)}"];

    /// <summary>The audit trail.</summary>
    public static RedisKey Audit { get; } = "tp-gateway:audit";

    /// <summary>A ticket for a socket.</summary>
    /// <param name="hash">Of the ticket.</param>
    public static RedisKey Ticket(string hash) => $"tp-gateway:ticket:{hash}";

    /// <summary>A lease of a person.</summary>
    public static RedisKey Lease(string lease) => $"tp-gateway:lease:{Hash(lease)}";

    /// <summary>The list of the keys that protect sign-in cookies, which all gateways share.</summary>
    public static RedisKey CookieKeys { get; } = "tp-gateway:cookie-keys";

    // Subjects and teams may have any characters, and nobody reads them in a key's name.
    static string Hash(string? name) =>
        name is null ? "nobody" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
