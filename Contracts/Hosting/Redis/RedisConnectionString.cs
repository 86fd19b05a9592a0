using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>Reads the connection string, and says what is wrong with it without repeating it: it may hold a password.</summary>
static class RedisConnectionString
{
    const string Usage =
        "Set ConnectionStrings:Redis (environment: ConnectionStrings__Redis) to \"host:port\", "
        + "\"host:port,password=…\" or \"host:port,password=…,ssl=true\".";

    /// <summary>The client's options for a connection string, with timeouts short enough for a live call.</summary>
    /// <exception cref="ArgumentException">It cannot be understood, or asks for what this client cannot do.</exception>
    public static ConfigurationOptions Parse(string connectionString)
    {
        if (connectionString.Contains("://", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The Redis connection string is not a URL. {Usage}", nameof(connectionString));
        }

        if (connectionString.Split(',').Any(part => part.TrimStart().StartsWith("user=", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException(
                $"The Redis connection string names an ACL user, and this version of the client cannot sign in as one. {Usage}",
                nameof(connectionString));
        }

        var options = Understood(connectionString);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        options.ConnectRetry = 1;
        options.SyncTimeout = 1000;
        options.KeepAlive = 5;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.TieBreaker = "";
        // A subscription the client would keep for itself; each connection's subscriptions are counted, and this one is not ours.
        options.ConfigurationChannel = "";
        return options;
    }

    static ConfigurationOptions Understood(string connectionString)
    {
        try
        {
            var options = ConfigurationOptions.Parse(connectionString, ignoreUnknown: false);
            if (options.EndPoints.Count == 1)
            {
                return options;
            }
        }
        catch (ArgumentException)
        {
            // Its message quotes what it did not understand, which may be half a password.
        }

        throw new ArgumentException($"The Redis connection string is not understood, or does not name exactly one server. {Usage}", nameof(connectionString));
    }
}
