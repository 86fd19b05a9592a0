using System.Collections.Immutable;
using System.Threading.Channels;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>Gives each reader every event from the moment it began to listen. A slow reader loses the oldest, which are counted.</summary>
sealed class EventFeed
{
    public const int Capacity = 1024;

    ImmutableArray<Channel<CallEvent>> readers = [];
    long dropped;
    bool completed;

    public long Dropped => Interlocked.Read(ref dropped);

    public IAsyncEnumerable<CallEvent> Listen(CancellationToken cancellationToken)
    {
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        var reader = Channel.CreateBounded<CallEvent>(options, _ => Interlocked.Increment(ref dropped));
        ImmutableInterlocked.Update(ref readers, all => all.Add(reader));
        if (Volatile.Read(ref completed))
        {
            reader.Writer.TryComplete();
        }

        return Read(reader, cancellationToken);
    }

    public void Offer(CallEvent callEvent)
    {
        foreach (var reader in readers)
        {
            reader.Writer.TryWrite(callEvent);
        }
    }

    public void Complete()
    {
        Volatile.Write(ref completed, value: true);
        foreach (var reader in readers)
        {
            reader.Writer.TryComplete();
        }
    }

    async IAsyncEnumerable<CallEvent> Read(
        Channel<CallEvent> reader,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var callEvent in reader.Reader.ReadAllAsync(cancellationToken))
            {
                yield return callEvent;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref readers, all => all.Remove(reader));
        }
    }
}
