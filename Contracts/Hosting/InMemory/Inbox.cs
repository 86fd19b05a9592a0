using System.Threading.Channels;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.InMemory;

/// <summary>A subscription's unread messages.</summary>
sealed class Inbox<T> : IBusSubscription<T>
{
    readonly Func<Inbox<T>, ValueTask> leave;
    readonly Channel<T> unread;
    long dropped;

    /// <summary>Creates it empty.</summary>
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

    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Delivers a message. Never blocks.</summary>
    public void Offer(T message) => unread.Writer.TryWrite(message);

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        unread.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    public ValueTask DisposeAsync()
    {
        unread.Writer.TryComplete();
        return leave(this);
    }
}
