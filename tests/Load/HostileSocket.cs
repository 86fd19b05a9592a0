using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A TCP connection of a client that means harm. It writes WebSocket frames by hand, ready made and many at once, so that it costs the
/// machine less than what it does to the gateway.
/// </summary>
sealed class HostileSocket : IAsyncDisposable
{
    /// <summary>Good clients come from 127.0.0.1: the gateway can tell the two apart by their address.</summary>
    static readonly IPEndPoint from = new(IPAddress.Parse("127.0.0.2"), 0);

    const string Upgrade = "GET /hubs/call HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Connects, without a word.</summary>
    public static async Task<HostileSocket> Connect(Uri gateway, CancellationToken cancellationToken)
    {
        var hostile = new HostileSocket();
        try
        {
            hostile.socket.Bind(from);
            await hostile.socket.ConnectAsync(IPAddress.Loopback, gateway.Port, cancellationToken);
            return hostile;
        }
        catch
        {
            await hostile.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects, and opens a WebSocket.</summary>
    /// <exception cref="IOException">The gateway refuses it.</exception>
    public static async Task<HostileSocket> Open(Uri gateway, CancellationToken cancellationToken)
    {
        var hostile = await Connect(gateway, cancellationToken);
        try
        {
            await hostile.Send(Encoding.ASCII.GetBytes(Upgrade), cancellationToken);
            var answer = new byte[1024];
            var read = await hostile.socket.ReceiveAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer, 0, read).StartsWith("HTTP/1.1 101", StringComparison.Ordinal)
                ? hostile
                : throw new IOException("The gateway refuses the socket.");
        }
        catch
        {
            await hostile.DisposeAsync();
            throw;
        }
    }

    /// <summary>A text message as a frame.</summary>
    public static byte[] Frame(string text, int opcode = 1, bool final = true) => Frame(Encoding.UTF8.GetBytes(text), opcode, final);

    /// <summary>A frame, masked with zeros: the payload stays as it is.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload, int opcode = 1, bool final = true)
    {
        var head = (byte)((final ? 0x80 : 0) | opcode);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            var size =>
                [0x80 | 127, 0, 0, 0, 0, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size],
        };
        return [head, .. length, 0, 0, 0, 0, .. payload];
    }

    /// <summary>A record of SignalR as a frame.</summary>
    public static byte[] Record(string json) => Frame(json + (char)RawSocket.Separator);

    public async Task Send(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    /// <summary>Reads and forgets.</summary>
    /// <returns>When the gateway closes the connection.</returns>
    public async Task Drain(CancellationToken cancellationToken)
    {
        var nothing = new byte[16 * 1024];
        while (await socket.ReceiveAsync(nothing, cancellationToken) > 0)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
