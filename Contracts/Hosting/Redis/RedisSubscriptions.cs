using System.Globalization;
using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// The channels this process listens to. The client can lose a subscription without saying so (its start under load is one occasion), so
/// <see cref="Amiss"/> asks Redis itself: a ping on a channel of our own must come back, and Redis must count as many channels for our
/// connection as there should be.
/// </summary>
/// <param name="link">The connection to listen on.</param>
sealed class RedisSubscriptions(RedisLink link)
{
    readonly Lock sync = new();
    readonly Dictionary<string, Action<RedisValue>> wanted = new(StringComparer.Ordinal);
    readonly string pingName = $"ping:{Guid.NewGuid():N}";
    TaskCompletionSource heard = new();
    int underWay;
    long changes;

    /// <summary>Listens to a channel.</summary>
    /// <param name="name">Its name on the bus.</param>
    /// <param name="deliver">Takes each payload, in order; must not block.</param>
    /// <returns>When Redis confirmed it, or after a second: then it is subscribed as soon as that is possible.</returns>
    public Task Add(string name, Action<RedisValue> deliver)
    {
        lock (sync)
        {
            wanted.Add(name, deliver);
            return link.Session is { } session ? Settled(Listen(session, name, deliver)) : Task.CompletedTask;
        }
    }

    /// <summary>Stops listening to a channel.</summary>
    /// <param name="name">Its name on the bus.</param>
    /// <returns>When Redis confirmed it, or after a second.</returns>
    public Task Remove(string name)
    {
        lock (sync)
        {
            wanted.Remove(name);
            return link.Session is { } session ? Settled(Unlisten(session, name)) : Task.CompletedTask;
        }
    }

    /// <summary>Subscribes everything anew, on a fresh multiplexer or on one that lost something.</summary>
    /// <param name="session">The multiplexer.</param>
    /// <returns>When Redis confirmed all, or after a second.</returns>
    public Task Resubscribe(RedisSession session)
    {
        lock (sync)
        {
            wanted.TryAdd(pingName, _ => Volatile.Read(ref heard).TrySetResult());
            var all = new List<Task>(wanted.Count * 2);
            foreach (var (name, deliver) in wanted)
            {
                // The client sends nothing for what it believes to be subscribed; so it first has to believe otherwise.
                all.Add(Settled(Unlisten(session, name)));
                all.Add(Settled(Listen(session, name, deliver)));
            }

            return Task.WhenAll(all);
        }
    }

    /// <summary>Asks whether everything that should be subscribed is.</summary>
    /// <param name="session">The multiplexer.</param>
    /// <returns>What is amiss, or null. Throws what <see cref="RedisTrouble"/> knows when Redis does not answer.</returns>
    public async Task<string?> Amiss(RedisSession session)
    {
        var (expected, before, settled) = State();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref heard, answer);
        var clients = session.Database.ExecuteAsync("CLIENT", "LIST", "TYPE", "pubsub");
        var reached = session.Subscriber.PublishAsync(RedisNames.Channel(pingName), RedisValue.EmptyString);
        await Task.WhenAll(clients, reached).WaitAsync(RedisLink.AnswerTimeout);
        if (await reached == 0)
        {
            return "the ping reached nobody";
        }

        await answer.Task.WaitAsync(RedisLink.AnswerTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!answer.Task.IsCompleted)
        {
            return "the ping did not come back";
        }

        var found = Subscribed((string?)await clients ?? "", session.ClientName);
        var (_, after, _) = State();
        return settled && before == after && found < expected ? $"{found} of {expected} channels" : null;
    }

    /// <summary>Makes the client drop a channel as its own faults do: behind our back.</summary>
    internal Task Lose(string name) => link.Session is { } session ? Unlisten(session, name) : Task.CompletedTask;

    // The newest connection of that name is the last; one that broke off may still be listed before it.
    static int Subscribed(string clients, string clientName)
    {
        var line = clients.Split('\n').LastOrDefault(client => client.Contains($" name={clientName} ", StringComparison.Ordinal));
        var count = line?.Split(' ').FirstOrDefault(field => field.StartsWith("sub=", StringComparison.Ordinal));
        return count is null ? 0 : int.Parse(count.AsSpan(4), CultureInfo.InvariantCulture);
    }

    static Task Unlisten(RedisSession session, string name) =>
        Attempt(() => session.Subscriber.UnsubscribeAsync(RedisNames.Channel(name)));

    // What a replaced multiplexer still delivers would arrive beside, and out of order with, what its successor delivers.
    Task Listen(RedisSession session, string name, Action<RedisValue> deliver) =>
        Attempt(() => session.Subscriber.SubscribeAsync(RedisNames.Channel(name), (_, payload) =>
        {
            if (ReferenceEquals(link.Session, session))
            {
                deliver(payload);
            }
        }));

    static Task Attempt(Func<Task> send)
    {
        try
        {
            return send();
        }
        catch (Exception e) when (RedisTrouble.Is(e))
        {
            return Task.FromException(e);
        }
    }

    async Task Settled(Task change)
    {
        underWay++;
        await change.WaitAsync(RedisLink.AnswerTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Yield();
        lock (sync)
        {
            underWay--;
            changes++;
        }
    }

    (int Expected, long Changes, bool Settled) State()
    {
        lock (sync)
        {
            return (wanted.Count, changes, underWay == 0);
        }
    }
}
