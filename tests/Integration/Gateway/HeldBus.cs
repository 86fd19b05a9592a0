using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>The bus within a process, on which one subscription takes as long as a test wants.</summary>
sealed class HeldBus : IMessageBus
{
    readonly InMemoryMessageBus bus = new();
    readonly TaskCompletionSource<CancellationToken> held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The next subscription is held.</summary>
    public bool Holds { get; set; }

    /// <summary>Says that one is held, and who would cancel it.</summary>
    public Task<CancellationToken> Held => held.Task;

    /// <summary>The held subscription goes on, though its caller may be gone.</summary>
    public void Release() => released.TrySetResult();

    public Task<long?> Publish<T>(BusChannel<T> channel, T message) => bus.Publish(channel, message);

    public async ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default)
    {
        if (Holds)
        {
            Holds = false;
            held.TrySetResult(cancellationToken);
            await released.Task;
            return await bus.Subscribe(channel, CancellationToken.None);
        }

        return await bus.Subscribe(channel, cancellationToken);
    }
}
