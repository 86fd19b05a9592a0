using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>Speaks SignalR's JSON protocol by hand, so that it can say what no client would.</summary>
sealed class RawClient : IAsyncDisposable
{
    const string Ping = "{\"type\":6}";
    const char Separator = '\u001e';

    readonly ClientWebSocket socket = new();
    readonly byte[] buffer = new byte[256 * 1024];
    string unread = "";
    int invocations;

    public static async Task<RawClient> Connect(RunningGateway gateway, string handshake = "{\"protocol\":\"json\",\"version\":1}")
    {
        var client = new RawClient();
        var address = new UriBuilder(new Uri(gateway.Address, "/hubs/call")) { Scheme = "ws" };
        await client.socket.ConnectAsync(address.Uri, CancellationToken.None);
        await client.Send(handshake);
        return client;
    }

    public static async Task<RawClient> Started(RunningGateway gateway)
    {
        var client = await Connect(gateway);
        await client.Ask("StartCall", "{}");
        return client;
    }

    /// <summary>Sends records as they are.</summary>
    public Task Send(string record) => Send(Encoding.UTF8.GetBytes(record + Separator));

    public Task Send(byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Invokes a method with an argument as it is written.</summary>
    /// <returns>The error; empty for none; null where the connection was closed.</returns>
    public async Task<string?> Ask(string method, string argument)
    {
        var id = $"{++invocations}";
        await Send($"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{method}\",\"arguments\":[{argument}]}}");
        return await Answer(id);
    }

    /// <summary>Opens a stream of the client with one item.</summary>
    public async Task<string?> Stream(string item)
    {
        var id = $"{++invocations}";
        await Send($"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"SendAudio\",\"arguments\":[],\"streamIds\":[\"s{id}\"]}}");
        await Send($"{{\"type\":2,\"invocationId\":\"s{id}\",\"item\":{item}}}");
        return await Answer(id);
    }

    /// <summary>Reads on until an invocation is answered, with a ping for each of the gateway's.</summary>
    public async Task<string?> Answer(string invocationId)
    {
        var asked = Stopwatch.StartNew();
        while (await Record() is { } record)
        {
            Assert.That(asked.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "no answer");
            if (record == Ping)
            {
                await Send(Ping);
                continue;
            }

            using var json = JsonDocument.Parse(record);
            if (json.RootElement.TryGetProperty("error", out var refused) && !json.RootElement.TryGetProperty("type", out _))
            {
                return refused.GetString();
            }

            if (json.RootElement.TryGetProperty("type", out var type) && type.GetInt32() == 3
                && json.RootElement.GetProperty("invocationId").GetString() == invocationId)
            {
                return json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : "";
            }

            if (type.ValueKind == JsonValueKind.Number && type.GetInt32() == 7)
            {
                return null;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        socket.Abort();
        socket.Dispose();
    }

    async Task<string?> Record()
    {
        int end;
        while ((end = unread.IndexOf(Separator, StringComparison.Ordinal)) < 0)
        {
            WebSocketReceiveResult read;
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                read = await socket.ReceiveAsync(buffer, patience.Token);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            unread += Encoding.UTF8.GetString(buffer, 0, read.Count);
        }

        var record = unread[..end];
        unread = unread[(end + 1)..];
        return record;
    }
}
