using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
sealed class ProxiedConnection(Socket client, Socket server) : IDisposable
{
    const int ChunkBytes = 16 * 1024;
    const int ChunksUnderWay = 256;
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    /// <summary>Ends it with a reset on both sides.</summary>
    public void Reset()
    {
        foreach (var socket in (ReadOnlySpan<Socket>)[client, server])
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
            }
            catch (ObjectDisposedException)
            {
                // Closed already.
            }
        }
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    /// <summary>Carries one direction until it ends.</summary>
    public async Task Pump(Socket from, Socket to, Func<Toxic> toxic, MessageLoss? loss, CancellationToken cancellationToken)
    {
        var underWay = Channel.CreateBounded<(long Due, ReadOnlyMemory<byte> Bytes)>(ChunksUnderWay);
        await Task.WhenAll(
            OrReset(Read(from, toxic, loss, underWay.Writer, cancellationToken)), OrReset(
                Write(to, toxic, underWay.Reader, cancellationToken)));
    }

    /// <summary>One direction broken is the connection broken.</summary>
    async Task OrReset(Task half)
    {
        try
        {
            await half;
        }
        catch
        {
            Reset();
            throw;
        }
    }

    static async Task Read(
        Socket from, Func<Toxic> toxic, MessageLoss? loss, ChannelWriter<(
            long, ReadOnlyMemory<byte>)> underWay, CancellationToken cancellationToken)
    {
        var due = 0L;
        try
        {
            while (true)
            {
                await WhileBlackhole(toxic, cancellationToken);
                var buffer = new byte[ChunkBytes];
                var count = await from.ReceiveAsync(buffer, cancellationToken);
                if (count == 0)
                {
                    break;
                }

                var bytes = loss is null ? buffer.AsMemory(0, count) : loss.Filter(buffer.AsSpan(0, count));
                due = Math.Max(due, Stopwatch.GetTimestamp() + Ticks(Delay(toxic())));
                await underWay.WriteAsync((due, bytes), cancellationToken);
            }
        }
        finally
        {
            underWay.TryComplete();
        }
    }

    static async Task Write(
        Socket to, Func<Toxic> toxic, ChannelReader<(long Due, ReadOnlyMemory<byte> Bytes)> underWay, CancellationToken cancellationToken)
    {
        var sent = 0L;
        await foreach (var (due, chunk) in underWay.ReadAllAsync(cancellationToken))
        {
            await Wait(due, cancellationToken);
            var rest = chunk;
            while (!rest.IsEmpty)
            {
                await WhileBlackhole(toxic, cancellationToken);
                var now = toxic();
                var size = (int)Math.Min(Math.Min(rest.Length, now.Slicer ?? int.MaxValue), now.LimitData - sent ?? int.MaxValue);
                if (now.Timeout <= sent)
                {
                    await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
                }

                if (size <= 0)
                {
                    throw new SocketException((int)SocketError.ConnectionReset);
                }

                await to.SendAsync(rest[..size], cancellationToken);
                (rest, sent) = (rest[size..], sent + size);
                if (now.Bandwidth is { } bandwidth)
                {
                    // As long as the bytes take on such a line.
                    await Task.Delay(TimeSpan.FromSeconds((double)size / bandwidth), cancellationToken);
                }
            }
        }

        await Task.Delay(toxic().SlowClose, cancellationToken);
        to.Shutdown(SocketShutdown.Send);
    }

    static async Task WhileBlackhole(Func<Toxic> toxic, CancellationToken cancellationToken)
    {
        while (toxic().Blackhole)
        {
            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    static async Task Wait(long due, CancellationToken cancellationToken)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cancellationToken);
        }
    }

    static TimeSpan Delay(Toxic toxic) => toxic.Latency + (toxic.Jitter * Random.Shared.NextDouble());

    static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
