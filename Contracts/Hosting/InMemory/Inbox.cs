using System.Threading.Channels;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>A subscription's unread messages.</summary>
/// <typeparam name="T">The channel's payload.</typeparam>
sealed class Inbox<T> : IBusSubscription<T>
{
    readonly Func<Inbox<T>, ValueTask> leave;
    readonly Channel<T> unread;
    long dropped;

    /// <summary>Creates it empty.</summary>
    /// <param name="leave">Stops deliveries to it.</param>
    public Inbox(Func<Inbox<T>, ValueTask> leave)
    {
        this.leave = leave;
        var options = new BoundedChannelOptions(IBusSubscription<T>.Capacity)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        };
        unread = Channel.CreateBounded<T>(options, _ => Interlocked.Increment(ref dropped));
    }

    /// <inheritdoc/>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Delivers a message. Never blocks.</summary>
    /// <param name="message">It.</param>
    public void Offer(T message) => unread.Writer.TryWrite(message);

    /// <inheritdoc/>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        unread.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        unread.Writer.TryComplete();
        return leave(this);
    }
}
