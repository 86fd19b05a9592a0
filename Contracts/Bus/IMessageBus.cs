namespace Teleprompter.Bus;

/// <summary>
/// Carries what is live between gateways and workers: at most once, in order per publisher. What must not be lost goes to
/// <see cref="ICallStore"/>; what is lost here shows as a gap in the sequence numbers and is repaired by a snapshot.
/// </summary>
public interface IMessageBus
{
    /// <summary>What carries the messages, as telemetry names it.</summary>
    string SystemName => "in_memory";

    /// <summary>
    /// Sends a message to whoever listens now. Messages published one after the other by one caller arrive in that order whether or not the
    /// task is awaited, so a token loop may discard it.
    /// </summary>
    /// <returns>
    /// How many subscriptions got it, 0 when nobody listens; null when the bus is away. Never throws for trouble of the transport.
    /// </returns>
    Task<long?> Publish<T>(BusChannel<T> channel, T message);

    /// <summary>Listens to a channel. Once awaited, every later message arrives.</summary>
    /// <returns>The messages, for one reader; dispose it to stop listening.</returns>
    ValueTask<IBusSubscription<T>> Subscribe<T>(BusChannel<T> channel, CancellationToken cancellationToken = default);
}
