using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace Teleprompter.Bus;

/// <summary>The bus within one process. Publishing hands the record itself over, on the publisher's thread.</summary>
public sealed class InMemoryMessageBus : IMessageBus
{
    readonly ConcurrentDictionary<string, ImmutableArray<object>> subscriptions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<long?> Publish<T>(BusChannel<T> channel, T message)
    {
        if (!subscriptions.TryGetValue(channel.Name, out var listeners))
        {
            return Task.FromResult<long?>(0);
        }

        foreach (var listener in listeners)
        {
            ((Subscription<T>)listener).Offer(message);
        }

        return Task.FromResult<long?>(listeners.Length);
    }

    /// <inheritdoc/>
    public ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new Subscription<T>(this, channel.Name);
        subscriptions.AddOrUpdate(channel.Name, _ => [subscription], (_, others) => others.Add(subscription));
        return ValueTask.FromResult<IBusSubscription<T>>(subscription);
    }

    void Remove(string channel, object subscription)
    {
        while (subscriptions.TryGetValue(channel, out var listeners))
        {
            var rest = listeners.Remove(subscription);
            var done = rest.IsEmpty
                ? subscriptions.TryRemove(KeyValuePair.Create(channel, listeners))
                : subscriptions.TryUpdate(channel, rest, listeners);
            if (done)
            {
                return;
            }
        }
    }

    sealed class Subscription<T> : IBusSubscription<T>
    {
        readonly InMemoryMessageBus bus;
        readonly string channel;
        readonly Channel<T> unread;
        long dropped;

        public Subscription(InMemoryMessageBus bus, string channel)
        {
            (this.bus, this.channel) = (bus, channel);
            var options = new BoundedChannelOptions(IBusSubscription<T>.Capacity)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            };
            unread = Channel.CreateBounded<T>(options, _ => Interlocked.Increment(ref dropped));
        }

        public long Dropped => Interlocked.Read(ref dropped);

        public void Offer(T message) => unread.Writer.TryWrite(message);

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            unread.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        public ValueTask DisposeAsync()
        {
            bus.Remove(channel, this);
            unread.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}
