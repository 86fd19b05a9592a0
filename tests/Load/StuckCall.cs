using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A client that speaks as others do and never reads. It begins by asking for snapshots full of words, until its socket, and all that the
/// gateway keeps for it, is full. When the gateway closes it, it comes back and does the same.
/// </summary>
sealed class StuckCall : IAsyncDisposable
{
    /// <summary>
    /// A segment of TCP as over Ethernet: loopback's of 64 kB would let the kernel keep megabytes for a reader who does not come.
    /// </summary>
    const int SegmentBytes = 1448;

    const int TcpMaximumSegment = 2;

    /// <summary>Together, fewer messages than a connection may send at once.</summary>
    const int LongLines = 8;
    const int Snapshots = 20;

    /// <summary>Interims, which stand in a snapshot and cost nothing else; afterwards they are replaced by short ones.</summary>
    static readonly string LongLine = string.Concat(Enumerable.Repeat("so as I said before ", 95));

    readonly CancellationTokenSource stop = new();
    Task speaking = Task.CompletedTask;

    /// <summary>How often the gateway closed it.</summary>
    public int Closed { get; private set; }

    public static StuckCall Start(Uri gateway, TimeSpan turnEvery)
    {
        var call = new StuckCall();
        call.speaking = call.Speak(new Uri(gateway, "hubs/call"), turnEvery);
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await speaking;
        stop.Dispose();
    }

    async Task Speak(Uri hub, TimeSpan turnEvery)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SpeakOnce(hub, turnEvery);
            }
            catch (Exception error) when (error is WebSocketException or SocketException or IOException)
            {
                Closed++;
            }
            catch (OperationCanceledException)
            {
                // The run is over.
            }
        }
    }

    async Task SpeakOnce(Uri hub, TimeSpan turnEvery)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = Connect });
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(hub, http, stop.Token);
        await Send("""{"protocol":"json","version":1}""");
        await Send("""{"type":1,"target":"StartCall","arguments":[{}]}""");
        await Mumble(LongLine);
        for (var snapshot = 0; snapshot < Snapshots; snapshot++)
        {
            await Send("""{"type":1,"target":"Resync","arguments":[]}""");
        }

        await Mumble("so");
        using var timer = new PeriodicTimer(turnEvery);
        for (var turn = 0; await timer.WaitForNextTickAsync(stop.Token); turn++)
        {
            await Send(Words(string.Create(CultureInfo.InvariantCulture, $"turn-{turn}"), CustomerLines.At(turn), final: true));
            await Send("""{"type":6}""");
        }

        async ValueTask Mumble(string text)
        {
            for (var line = 0; line < LongLines; line++)
            {
                await Send(Words(string.Create(CultureInfo.InvariantCulture, $"line-{line}"), text, final: false));
            }
        }

        ValueTask Send(string json) =>
            socket.SendAsync(
                Encoding.UTF8.GetBytes(json + (char)RawSocket.Separator).AsMemory(),
                WebSocketMessageType.Text,
                endOfMessage: true,
                stop.Token);
    }

    static string Words(string id, string text, bool final) =>
        $$"""{"type":1,"target":"SendTranscript","arguments":[{"segmentId":"{{id}}","speaker":"customer","text":"{{text}}","final":{{(final ? "true" : "false")}},"startMs":0,"endMs":0}]}""";

    static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpMaximumSegment, BitConverter.GetBytes(SegmentBytes));
        }

        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
