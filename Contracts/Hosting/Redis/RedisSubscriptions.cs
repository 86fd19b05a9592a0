using StackExchange.Redis;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// The channels this process listens to. The client subscribes anew after a reconnect; what it could not subscribe at first, or lost
/// without saying so, is found by <see cref="Mend"/>.
/// </summary>
/// <param name="link">The connection to listen on.</param>
sealed class RedisSubscriptions(RedisLink link)
{
    readonly Lock sync = new();
    readonly Dictionary<string, Action<RedisValue>> wanted = new(StringComparer.Ordinal);
    Exception? failure;
    bool wasShort;
    int underWay;
    long mended;

    /// <summary>How often lost subscriptions were found and subscribed again. Readers may have missed messages each time.</summary>
    public long Mended => Interlocked.Read(ref mended);

    /// <summary>Listens to a channel.</summary>
    /// <param name="name">Its name on the bus.</param>
    /// <param name="deliver">Takes each payload, in order; must not block.</param>
    /// <returns>When Redis confirmed it, or after about a second: then it is subscribed as soon as that is possible.</returns>
    public Task Add(string name, Action<RedisValue> deliver)
    {
        lock (sync)
        {
            wanted.Add(name, deliver);
            return Settled(() => Listen(name, deliver));
        }
    }

    /// <summary>Stops listening to a channel.</summary>
    /// <param name="name">Its name on the bus.</param>
    /// <returns>When Redis confirmed it, or after about a second.</returns>
    public Task Remove(string name)
    {
        lock (sync)
        {
            wanted.Remove(name);
            return Settled(() => Unlisten(name));
        }
    }

    /// <summary>
    /// Subscribes everything again where a subscription failed, or where Redis, when it last confirmed one, counted fewer for this
    /// connection than there should be, at two checks in a row.
    /// </summary>
    /// <exception cref="RedisServerException">Redis refuses to let this user listen.</exception>
    public bool Mend()
    {
        lock (sync)
        {
            var isShort = underWay == 0 && link.Multiplexer.GetCounters().Subscription.Subscriptions < wanted.Count;
            var lost = isShort && wasShort;
            wasShort = isShort && !lost;
            if (failure is null && !lost)
            {
                return false;
            }

            var before = failure;
            failure = null;
            foreach (var (name, deliver) in wanted)
            {
                // The client sends nothing for what it believes to be subscribed; so it first has to believe otherwise.
                _ = Settled(() => Unlisten(name));
                _ = Settled(() => Listen(name, deliver));
            }

            if (before is RedisServerException refusal)
            {
                throw refusal;
            }

            mended += lost ? 1 : 0;
            return lost;
        }
    }

    /// <summary>Makes the client drop a channel as a fault of its own would: behind our back.</summary>
    internal Task Lose(string name) => Unlisten(name);

    async Task Unlisten(string name) => await link.Multiplexer.GetSubscriber().UnsubscribeAsync(RedisNames.Channel(name));

    // Only a queue keeps the order: the client calls handlers concurrently.
    async Task Listen(string name, Action<RedisValue> deliver)
    {
        var queue = await link.Multiplexer.GetSubscriber().SubscribeAsync(RedisNames.Channel(name));
        queue.OnMessage(message => deliver(message.Message));
    }

    async Task Settled(Func<Task> change)
    {
        underWay++;
        Exception? trouble = null;
        try
        {
            await change();
        }
        catch (Exception e) when (RedisTrouble.Is(e))
        {
            trouble = e;
        }

        lock (sync)
        {
            underWay--;
            failure ??= trouble;
        }
    }
}
