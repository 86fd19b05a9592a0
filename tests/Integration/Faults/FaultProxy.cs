using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// A TCP proxy between two parties that can do to their connections what networks do. Changes count for open connections too.
/// </summary>
sealed class FaultProxy : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<ProxiedConnection, byte> connections = new();
    readonly int upstream;
    readonly bool redis;
    readonly Task accepting;

    /// <summary>Creates it, listening.</summary>
    /// <param name="upstream">The loopback port it leads to.</param>
    /// <param name="redis">Redis is there, so that whole messages can be lost.</param>
    public FaultProxy(int upstream, bool redis = false)
    {
        (this.upstream, this.redis) = (upstream, redis);
        listener.Start(backlog: 512);
        accepting = Accept();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What happens on the way to the server.</summary>
    public Toxic Up { get; set; } = Toxic.None;

    /// <summary>What happens on the way to the client.</summary>
    public Toxic Down { get; set; } = Toxic.None;

    /// <summary>On the way to Redis: which messages, by channel and payload, do not reach the subscriber; null for none.</summary>
    public Func<string, string, bool>? Loses { get; set; }

    /// <summary>Connections open now.</summary>
    public int Open => connections.Count;

    /// <summary>Ends every connection with a reset.</summary>
    public void ResetPeer()
    {
        foreach (var (connection, _) in connections)
        {
            connection.Reset();
        }
    }

    /// <summary>Harms nobody any more.</summary>
    public void Clear() => (Up, Down, Loses) = (Toxic.None, Toxic.None, null);

    public async ValueTask DisposeAsync()
    {
        Clear();
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ResetPeer();
        stop.Dispose();
    }

    async Task Accept()
    {
        while (true)
        {
            var client = await listener.AcceptSocketAsync(stop.Token);
            _ = Serve(client);
        }
    }

    async Task Serve(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 16 * 1024 };
        using var connection = new ProxiedConnection(client, server);
        client.NoDelay = true;
        connections.TryAdd(connection, 0);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, upstream, stop.Token);
            await Task.WhenAll(
                connection.Pump(client, server, () => Up, loss: null, stop.Token),
                connection.Pump(
                    server,
                    client,
                    () => Down,
                    redis ? new MessageLoss((channel, payload) => Loses?.Invoke(channel, payload) ?? false) : null,
                    stop.Token));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            connection.Reset();
        }
        finally
        {
            connections.TryRemove(connection, out _);
        }
    }
}
