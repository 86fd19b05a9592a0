using System.Collections.Concurrent;
using System.Threading.Channels;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.InMemory;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>The bus within a process, which remembers what workers were told.</summary>
sealed class ToldBus : IMessageBus
{
    readonly InMemoryMessageBus bus = new();

    public Channel<AudioFrame> Frames { get; } = Channel.CreateUnbounded<AudioFrame>();

    public ConcurrentQueue<ToWorker> Messages { get; } = [];

    public Task<long?> Publish<T>(BusChannel<T> channel, T message)
    {
        if (message is ToWorker toWorker)
        {
            Messages.Enqueue(toWorker);
        }

        if (message is ToWorker { Input: AudioHeard heard })
        {
            Frames.Writer.TryWrite(heard.Frame);
        }

        return bus.Publish(channel, message);
    }

    public ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default) =>
        bus.Subscribe(channel, cancellationToken);
}
