using System.Diagnostics;
using System.Net.WebSockets;

namespace Teleprompter.Tests.Load;

/// <summary>
/// One connection that costs the client next to nothing: it hands each record (what stands between two of SignalR's separators) to its
/// owner with the moment it was read from the socket, and parses no JSON.
/// </summary>
sealed class RawSocket : IAsyncDisposable
{
    /// <summary>SignalR's record separator.</summary>
    public const byte Separator = 0x1e;

    readonly ClientWebSocket socket = new();
    readonly CancellationTokenSource stop = new();
    Task receiving = Task.CompletedTask;

    public delegate void RecordHandler(ReadOnlySpan<byte> record, long readAt);

    public static async Task<RawSocket> Connect(Uri address, RecordHandler received)
    {
        var connection = new RawSocket();
        connection.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await connection.socket.ConnectAsync(address, CancellationToken.None);
        connection.receiving = connection.Receive(received);
        return connection;
    }

    /// <summary>Sends one text message; the caller does not send another before this one is gone.</summary>
    public ValueTask Send(ReadOnlyMemory<byte> message) =>
        socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stop.Token);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await receiving;
        socket.Dispose();
        stop.Dispose();
    }

    async Task Receive(RecordHandler received)
    {
        var buffer = new byte[8192];
        var held = 0;
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(held), stop.Token);
                var readAt = Stopwatch.GetTimestamp();
                if (read.MessageType is WebSocketMessageType.Close)
                {
                    return;
                }

                held = HandOver(buffer, held + read.Count, readAt, received);
                if (held == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // Closed by either side; the run counts what never came.
        }
    }

    static int HandOver(byte[] buffer, int length, long readAt, RecordHandler received)
    {
        var rest = buffer.AsSpan(0, length);
        for (var end = rest.IndexOf(Separator); end >= 0; end = rest.IndexOf(Separator))
        {
            received(rest[..end], readAt);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(buffer);
        return rest.Length;
    }
}
