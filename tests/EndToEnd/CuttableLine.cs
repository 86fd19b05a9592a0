using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A TCP proxy before the gateway, whose connections can be cut and stay cut until it is mended.</summary>
sealed class CuttableLine : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<TcpClient, bool> open = new();
    readonly Uri gateway;
    volatile bool cut;

    public CuttableLine(Uri gateway)
    {
        this.gateway = gateway;
        listener.Start();
        _ = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Resets every connection; new ones are reset as well.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var client in open.Keys)
        {
            Reset(client);
        }
    }

    public void Mend() => cut = false;

    public void Dispose()
    {
        listener.Stop();
        Cut();
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Carry(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }

    async Task Carry(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            open[client] = true;
            open[server] = true;
            if (cut)
            {
                return;
            }

            await server.ConnectAsync(gateway.Host, gateway.Port);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
            Reset(client);
        }
    }

    static void Reset(TcpClient client) => client.Client?.Close(0);
}
