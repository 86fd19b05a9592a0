using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>One multiplexer of the client, and whether Redis answers on it.</summary>
/// <param name="options">Where to connect, and how.</param>
sealed class RedisLink(ConfigurationOptions options)
{
    /// <summary>How long an answer may take before Redis counts as away.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>A script that changes something must have begun by then; its answer has the rest of the timeout to arrive.</summary>
    public static readonly TimeSpan BeginWithin = AnswerTimeout * 0.8;

    volatile ConnectionMultiplexer? multiplexer;
    volatile string? failure;
    volatile string? trouble = "There is no connection to Redis yet.";

    /// <summary>The client.</summary>
    /// <exception cref="TimeoutException">It has not been created yet, or is disposed.</exception>
    public ConnectionMultiplexer Multiplexer => multiplexer ?? throw new TimeoutException("There is no connection to Redis.");

    /// <summary>What the latest check met; null when Redis answered.</summary>
    public string? Trouble => trouble;

    /// <summary>Runs a check, after connecting where that has not been done, and notes whether Redis answered. Never throws.</summary>
    public async Task Check(Func<ConnectionMultiplexer, Task> check)
    {
        try
        {
            multiplexer ??= await Connect();
            await check(multiplexer).WaitAsync(AnswerTimeout);
            trouble = failure = null;
        }
        catch (Exception e)
        {
            trouble = failure is { } why ? $"{why}: {e.Message}" : e.Message;
        }
    }

    /// <summary>Disconnects; what is under way fails.</summary>
    public async Task Disconnect()
    {
        if (Interlocked.Exchange(ref multiplexer, null) is { } old)
        {
            await old.DisposeAsync();
        }
    }

    // Redis being down is no error: the client goes on trying.
    async Task<ConnectionMultiplexer> Connect()
    {
        var connected = await ConnectionMultiplexer.ConnectAsync(options);
        connected.ConnectionFailed += (_, failed) => failure = $"{failed.FailureType}";
        return connected;
    }
}
