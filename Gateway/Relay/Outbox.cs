using System.Threading.Channels;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Relay;

/// <summary>The events that wait for one connection, numbered without a gap. Added under the relay's lock, sent by one loop.</summary>
/// <param name="lastNumber">The number of the last event that the client handled.</param>
public sealed class Outbox(long lastNumber, TimeProvider time)
{
    /// <summary>The most events that wait; a reader further behind gets one snapshot instead of them.</summary>
    public const int Capacity = 256;

    const long NotSending = long.MinValue;

    readonly Channel<CallEvent> events = Channel.CreateBounded<CallEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    long sendingSince = NotSending;

    /// <summary>The number of the last event that was added.</summary>
    public long LastNumber { get; private set; } = lastNumber;

    /// <summary>How long the connection has not accepted the event that is being sent; zero when none is.</summary>
    public TimeSpan Stalled => Volatile.Read(ref sendingSince) is var since and not NotSending ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Whether an event waits or is being sent.</summary>
    public bool HasUnsent => Stalled > TimeSpan.Zero || events.Reader.TryPeek(out _);

    /// <summary>Adds an event under the next number.</summary>
    /// <returns>False when the outbox is full or complete.</returns>
    public bool TryAdd(CallEvent callEvent)
    {
        if (!events.Writer.TryWrite(callEvent with { Number = LastNumber + 1 }))
        {
            return false;
        }

        LastNumber++;
        return true;
    }

    /// <summary>Nothing more is added; <see cref="Send"/> ends after the last event.</summary>
    public void Complete() => events.Writer.TryComplete();

    /// <summary>Sends the events one after the other.</summary>
    /// <param name="emptied">Called whenever no event waits any more.</param>
    public async Task Send(ICallClient client, Action emptied, CancellationToken gone)
    {
        while (await events.Reader.WaitToReadAsync(gone))
        {
            while (events.Reader.TryRead(out var callEvent))
            {
                Volatile.Write(ref sendingSince, time.GetTimestamp());
                await client.Receive(callEvent);
                Volatile.Write(ref sendingSince, NotSending);
            }

            emptied();
        }
    }
}
