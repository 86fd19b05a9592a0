using System.Collections.Concurrent;
using System.Collections.Immutable;
using Teleprompter.Bus;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Hosting.InMemory;

/// <summary>The bus within one process. Publishing hands the record itself over, on the publisher's thread.</summary>
public sealed class InMemoryMessageBus : IMessageBus
{
    static readonly BusTelemetry Telemetry = new("in_memory");

    readonly ConcurrentDictionary<string, ImmutableArray<object>> subscriptions = new(StringComparer.Ordinal);

    public Task<long?> Publish<T>(BusChannel<T> channel, T message)
    {
        Telemetry.Send(channel.Kind);
        if (!subscriptions.TryGetValue(channel.Name, out var listeners))
        {
            return Task.FromResult<long?>(0);
        }

        foreach (var listener in listeners)
        {
            ((Inbox<T>)listener).Offer(message);
            Telemetry.Receive(channel.Kind);
        }

        return Task.FromResult<long?>(listeners.Length);
    }

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
