using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>One multiplexer of the client, which can be replaced by a fresh one when it goes deaf.</summary>
/// <param name="options">Where to, and how.</param>
sealed class RedisLink(ConfigurationOptions options)
{
    /// <summary>How long an answer may take before Redis counts as away.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    volatile RedisSession? session;
    volatile string? failure;
    volatile string? trouble = "There is no connection to Redis yet.";

    /// <summary>The multiplexer in use; null while there is none.</summary>
    public RedisSession? Session => session;

    /// <summary>Why the client could not connect last; null when it did not say.</summary>
    public string? Failure => failure;

    /// <summary>The multiplexer in use.</summary>
    /// <exception cref="TimeoutException">There is none.</exception>
    public RedisSession Required => session ?? throw new TimeoutException("There is no connection to Redis.");

    /// <summary>What the latest check on this link met; null when Redis answered.</summary>
    public string? Trouble
    {
        get => trouble;
        set => trouble = value;
    }

    /// <summary>Whether Redis answered the latest check on this link.</summary>
    public bool Answers => trouble is null;

    /// <summary>Connects, in place of the multiplexer there was. Redis being down is no error: the client goes on trying.</summary>
    public async Task Connect()
    {
        await Disconnect();
        var named = options.Clone();
        named.ClientName = $"teleprompter-{Guid.NewGuid():N}";
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(named);
        multiplexer.ConnectionFailed += (_, failed) => failure = $"{failed.FailureType}";
        session = new RedisSession(multiplexer, named.ClientName);
    }

    /// <summary>Disconnects; what is under way fails.</summary>
    public async Task Disconnect()
    {
        if (Interlocked.Exchange(ref session, null) is { } old)
        {
            // Closing can wait for a socket, and nobody here should.
            await Task.Run(() => old.Multiplexer.Close(allowCommandsToComplete: false))
                .WaitAsync(AnswerTimeout)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
