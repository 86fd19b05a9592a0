using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Opens SignalR's connections straight over WebSockets, without negotiation: what <c>WithUrl</c> with <c>SkipNegotiation</c> does, for a client
/// that has only SignalR's core.
/// </summary>
/// <param name="headers">Sent with the opening request, for example <c>Origin</c>; null for none.</param>
public sealed class WebSocketConnectionFactory(IReadOnlyDictionary<string, string>? headers = null) : IConnectionFactory
{
    /// <summary>Opens a connection.</summary>
    /// <param name="endpoint">A <see cref="UriEndPoint"/> with an http, https, ws or wss address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The open connection; dispose it to close it.</returns>
    /// <exception cref="ArgumentException">The endpoint is no <see cref="UriEndPoint"/>.</exception>
    /// <exception cref="WebSocketException">The server is not there, or refuses.</exception>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not UriEndPoint { Uri: var uri })
        {
            throw new ArgumentException("A UriEndPoint is needed.", nameof(endpoint));
        }

        var socket = new ClientWebSocket();
        try
        {
            // SignalR pings by itself.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            foreach (var (name, value) in headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                socket.Options.SetRequestHeader(name, value);
            }

            await socket.ConnectAsync(WebSocketAddress(uri), cancellationToken);
            return new WebSocketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static Uri WebSocketAddress(Uri uri) => uri.Scheme switch
    {
        "http" => new UriBuilder(uri) { Scheme = "ws" }.Uri,
        "https" => new UriBuilder(uri) { Scheme = "wss" }.Uri,
        _ => uri,
    };
}
