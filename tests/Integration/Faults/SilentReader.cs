using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A client that takes up a call, speaks and pings as it should, and never reads a byte of what it is sent.</summary>
sealed class SilentReader : IDisposable
{
    // A client that reads nothing still sends SignalR's pings: the gateway must not find it by their absence.
    static readonly TimeSpan PingEvery = TimeSpan.FromMilliseconds(250);

    const string End = "\u001e";

    readonly ClientWebSocket socket = new();
    readonly SemaphoreSlim sending = new(1, 1);

    /// <summary>
    /// When the gateway was found to have closed the connection, in milliseconds on the scripted model's clock; null while it has not.
    /// </summary>
    public double? ClosedMs { get; private set; }

    public static async Task<SilentReader> Start(Uri gateway, StartCallReply ticket, long lastNumber)
    {
        var reader = new SilentReader();
        var narrow = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                // What the kernel would take for it must run full soon.
                var connection = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4 * 1024 };
                await connection.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        await reader.socket.ConnectAsync(
            new Uri($"ws://127.0.0.1:{gateway.Port}/hubs/call"), new HttpMessageInvoker(narrow), CancellationToken.None);
        await reader.Send("""{"protocol":"json","version":1}""");
        await reader.Invoke(
            "StartCall",
            $$$"""{"resume":{"callId":"{{{ticket.CallId}}}","resumeToken":"{{{ticket.ResumeToken}}}","lastNumber":{{{lastNumber}}}}}""");
        _ = reader.Ping();
        return reader;
    }

    /// <summary>Invokes a method without waiting for its answer.</summary>
    public Task Invoke(string method, params string[] arguments) =>
        Send($$"""{"type":1,"target":"{{method}}","arguments":[{{string.Join(',', arguments)}}]}""");

    /// <summary>Waits until the gateway has closed the connection.</summary>
    public Task UntilClosed(TimeSpan within) => Poll.Until(() => ClosedMs is not null, within, "the gateway closes the connection");

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }

    async Task Ping()
    {
        try
        {
            while (true)
            {
                await Send("""{"type":6}""");
                await Task.Delay(PingEvery);
            }
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or IOException)
        {
            ClosedMs = ScriptedModelServer.NowMs;
        }
    }

    async Task Send(string message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }
}
