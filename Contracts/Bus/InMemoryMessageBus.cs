using System.Collections.Concurrent;
using System.Collections.Immutable;

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
            ((Inbox<T>)listener).Offer(message);
        }

        return Task.FromResult<long?>(listeners.Length);
    }

    /// <inheritdoc/>
    public ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new Inbox<T>(inbox => Remove(channel.Name, inbox));
        subscriptions.AddOrUpdate(channel.Name, _ => [subscription], (_, others) => others.Add(subscription));
        return ValueTask.FromResult<IBusSubscription<T>>(subscription);
    }

    ValueTask Remove(string channel, object subscription)
    {
        while (subscriptions.TryGetValue(channel, out var listeners))
        {
            var rest = listeners.Remove(subscription);
            var done = rest.IsEmpty
                ? subscriptions.TryRemove(KeyValuePair.Create(channel, listeners))
                : subscriptions.TryUpdate(channel, rest, listeners);
            if (done)
            {
                break;
            }
        }

        return ValueTask.CompletedTask;
    }
}
