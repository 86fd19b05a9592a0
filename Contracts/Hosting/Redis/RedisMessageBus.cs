using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using StackExchange.Redis;
using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Hosting.Redis;

/// <summary>
/// The bus over Redis' pub/sub. What another process listens to twice counts once in <see cref="Publish"/>. While Redis is away subscribing
/// returns within about a second, and what was subscribed is listened to as soon as Redis is back.
/// </summary>
public sealed class RedisMessageBus(RedisConnection connection) : IMessageBus
{
    /// <summary>What a paused Redis may leave unanswered, in bytes of payload and of what the client keeps beside it.</summary>
    const long InFlightAtMost = 8 * 1024 * 1024;

    // The client's message, task and buffers, roughly.
    const int BesidePayload = 512;

    static readonly BusTelemetry Telemetry = new("redis");

    readonly ConcurrentDictionary<string, IRoute> routes = new(StringComparer.Ordinal);
    readonly Lock sync = new();
    long inFlight;
    long refused;
    long malformed;

    interface IRoute
    {
        int Listeners { get; }
    }

    /// <summary>Messages not sent because too much already waited for Redis' answer.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Messages received that could not be understood, and were skipped.</summary>
    public long Malformed => Interlocked.Read(ref malformed);

    public string SystemName => "redis";

    public Task<long?> Publish<T>(BusChannel<T> channel, T message)
    {
        Telemetry.Send(channel.Kind);
        var payload = JsonSerializer.SerializeToUtf8Bytes(message, channel.Codec);
        var cost = payload.Length + BesidePayload;
        if (Interlocked.Add(ref inFlight, cost) > InFlightAtMost)
        {
            Interlocked.Add(ref inFlight, -cost);
            Interlocked.Increment(ref refused);
            return Task.FromResult<long?>(null);
        }

        return Send(channel.Name, channel.Kind, payload, cost);
    }

    public async ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Inbox<T> inbox;
        Task confirmed;
        lock (sync)
        {
            var route = (Route<T>?)routes.GetValueOrDefault(channel.Name);
            inbox = new Inbox<T>(left => Leave(channel.Name, left));
            if (route is null)
            {
                route = new Route<T>(this, channel);
                route.Add(inbox);
                routes[channel.Name] = route;
                route.Confirmed = connection.Subscriptions.Add(channel.Name, route.Deliver);
            }
            else
            {
                route.Add(inbox);
            }

            confirmed = route.Confirmed;
        }

        try
        {
            await confirmed.WaitAsync(cancellationToken);
            return inbox;
        }
        catch (OperationCanceledException)
        {
            await inbox.DisposeAsync();
            throw;
        }
    }

    ValueTask Leave<T>(string name, Inbox<T> inbox)
    {
        lock (sync)
        {
            if (!routes.TryGetValue(name, out var known) || !((Route<T>)known).Remove(inbox))
            {
                return ValueTask.CompletedTask;
            }

            routes.TryRemove(name, out _);
            return new ValueTask(connection.Subscriptions.Remove(name));
        }
    }

    // Runs up to the client's queue before it first waits: that is what keeps a publisher's order.
    async Task<long?> Send(string name, string kind, byte[] payload, int cost)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var redis = connection.Bus.Multiplexer;
            if (!redis.IsConnected)
            {
                return null;
            }

            var reached = await redis.GetSubscriber().PublishAsync(RedisNames.Channel(name), payload);
            Telemetry.Taken(kind, started);
            return Listeners(name, reached);
        }
        catch (Exception e) when (RedisTrouble.Is(e))
        {
            return null;
        }
        finally
        {
            Interlocked.Add(ref inFlight, -cost);
        }
    }

    // Redis counts connections, and this process has one however many listen here.
    long Listeners(string name, long connections) =>
        connections > 0 && routes.TryGetValue(name, out var here) ? connections + Math.Max(0, here.Listeners - 1) : connections;

    sealed class Route<T>(RedisMessageBus bus, BusChannel<T> channel) : IRoute
    {
        ImmutableArray<Inbox<T>> inboxes = [];

        public Task Confirmed { get; set; } = Task.CompletedTask;

        public int Listeners => inboxes.Length;

        public void Add(Inbox<T> inbox) => inboxes = inboxes.Add(inbox);

        /// <returns>Whether it was the last.</returns>
        public bool Remove(Inbox<T> inbox)
        {
            var had = inboxes.Length > 0;
            inboxes = inboxes.Remove(inbox);
            return had && inboxes.IsEmpty;
        }

        public void Deliver(RedisValue payload)
        {
            T? message;
            try
            {
                message = JsonSerializer.Deserialize((byte[]?)payload, channel.Codec);
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                message = default;
            }

            if (message is null)
            {
                Interlocked.Increment(ref bus.malformed);
                return;
            }

            foreach (var inbox in inboxes)
            {
                inbox.Offer(message);
                Telemetry.Receive(channel.Kind);
            }
        }
    }
}
