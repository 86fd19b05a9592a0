using System.Globalization;
using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>Reads the connection string, and says what is wrong with it without repeating it: it may hold a password.</summary>
static class RedisConnectionString
{
    const string Usage =
        "Set ConnectionStrings:Redis (environment: ConnectionStrings__Redis) to \"host:port\", \"host:port,user=…,password=…,ssl=true\" "
        + "or \"rediss://user:password@host:port\".";

    /// <summary>The client's options for a connection string, with timeouts short enough for a live call.</summary>
    /// <exception cref="ArgumentException">It cannot be understood, or does not name exactly one server.</exception>
    public static ConfigurationOptions Parse(string connectionString)
    {
        var options = Understood(connectionString);
        options.Protocol = RedisProtocol.Resp2;
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2000;
        options.ConnectRetry = 1;
        // A connection on which nothing came back for four times this long is replaced; what waits for an answer fails before.
        options.AsyncTimeout = 1250;
        options.SyncTimeout = 1250;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        options.KeepAlive = 5;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.TieBreaker = "";
        // A subscription the client would keep for itself; the connection's subscriptions are counted, and this one is not ours.
        options.ConfigurationChannel = "";
        // The client only asks whether this is a replica and what its limits are. Redis counts both commands as dangerous.
        options.CommandMap = CommandMap.Create(["INFO", "CONFIG"], available: false);
        return options;
    }

    static ConfigurationOptions Understood(string connectionString)
    {
        try
        {
            var options = connectionString.Contains("://", StringComparison.Ordinal)
                ? OfUrl(connectionString)
                : ConfigurationOptions.Parse(connectionString, ignoreUnknown: false);
            if (options.EndPoints.Count == 1 && !connectionString.Contains("serviceName", StringComparison.OrdinalIgnoreCase))
            {
                return options;
            }
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            // Its message quotes what it did not understand, which may be half a password.
        }

        throw new ArgumentException(
            $"The Redis connection string is not understood, or does not name exactly one server. {Usage}", nameof(connectionString));
    }

    // The client takes a URL for a host name.
    static ConfigurationOptions OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss"))
        {
            throw new ArgumentException("No URL of Redis.", nameof(text));
        }

        var options = new ConfigurationOptions { Ssl = url.Scheme == "rediss" };
        options.EndPoints.Add(url.IdnHost, url.IsDefaultPort ? 6379 : url.Port);
        var credentials = url.UserInfo.Split(':', 2);
        options.User = credentials[0].Length > 0 ? Uri.UnescapeDataString(credentials[0]) : null;
        options.Password = credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : null;
        if (url.AbsolutePath.Length > 1)
        {
            options.DefaultDatabase = int.TryParse(url.AbsolutePath.AsSpan(1), CultureInfo.InvariantCulture, out var database)
                ? database
                : throw new ArgumentException("No number of a database.", nameof(text));
        }

        return options;
    }
}
