using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Teleprompter.ClientSdk;

/// <summary>
/// A WebSocket as the pair of pipes that SignalR speaks to: one loop each way. A pipe holds 64 KiB at most; a slower reader holds up the sender
/// through TCP.
/// </summary>
sealed class WebSocketConnection : ConnectionContext
{
    static readonly PipeOptions Pipes = new(useSynchronizationContext: false);

    /// <summary>How long the other side may take to answer a close before the socket is cut.</summary>
    static readonly TimeSpan CloseAtMost = TimeSpan.FromSeconds(1);

    readonly WebSocket socket;
    readonly Pipe incoming = new(Pipes);
    readonly Pipe outgoing = new(Pipes);
    readonly CancellationTokenSource closed = new();
    readonly Task pumps;

    public WebSocketConnection(WebSocket socket)
    {
        this.socket = socket;
        Transport = new Duplex(incoming.Reader, outgoing.Writer);
        ConnectionClosed = closed.Token;
        pumps = Task.WhenAll(Receive(), Send());
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await outgoing.Writer.CompleteAsync();
        await incoming.Reader.CompleteAsync();
#pragma warning disable VSTHRD003 // The loops run on the thread pool and wait for nobody here.
        await Task.WhenAny(pumps, Task.Delay(CloseAtMost));
        socket.Abort();
        await pumps;
#pragma warning restore VSTHRD003
        socket.Dispose();
        closed.Dispose();
        await base.DisposeAsync();
    }

    async Task Receive()
    {
        Exception? failure = null;
        try
        {
            var read = true;
            while (read)
            {
                var received = await socket.ReceiveAsync(incoming.Writer.GetMemory(4096), CancellationToken.None);
                incoming.Writer.Advance(received.Count);
                // After the reader has gone, go on until the other side's close.
                read = received.MessageType != WebSocketMessageType.Close;
                await incoming.Writer.FlushAsync(CancellationToken.None);
            }
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            failure = new ConnectionResetException("The connection was lost.", error);
        }

        await incoming.Writer.CompleteAsync(failure);
        await closed.CancelAsync();
    }

    async Task Send()
    {
        try
        {
            ReadResult read;
            do
            {
                read = await outgoing.Reader.ReadAsync();
                await Write(read.Buffer);
                outgoing.Reader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The receiving loop sees the same end and tells.
            socket.Abort();
        }

        await outgoing.Reader.CompleteAsync();
    }

    /// <summary>What is flushed at once becomes one text message; SignalR's record separator divides it again.</summary>
    async Task Write(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var position = bytes.Start;
        bytes.TryGet(ref position, out var part);
        while (bytes.TryGet(ref position, out var next))
        {
            await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
            part = next;
        }

        await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
