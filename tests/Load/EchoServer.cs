using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Teleprompter.Tests.Load;

/// <summary>
/// The floor: what a WebSocket on Kestrel costs when the server does nothing but send a message back; with a model, nothing but ask it
/// first, and send the message back at the first token; with Redis, nothing but send it there and back first.
/// </summary>
static class EchoServer
{
    /// <summary>Runs until it is killed.</summary>
    /// <param name="behind">
    /// What a message goes by before it is sent back: a model's address, or <c>redis:HOST:PORT</c>; null for nothing.
    /// </param>
    public static async Task Run(string? behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        using var http = new HttpClient();
        await using var redis = behind is not null && behind.StartsWith(RedisPrefix, StringComparison.Ordinal)
            ? await BareRedis.Start(behind[RedisPrefix.Length..])
            : null;
        var model = behind is null || redis is not null ? null : new Uri(behind);
        app.Run(context => Echo(context, redis, () => model is null ? null : new BareModel(http, model)));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    /// <summary>What tells Redis from a model.</summary>
    public const string RedisPrefix = "redis:";

    static async Task Echo(HttpContext context, BareRedis? redis, Func<BareModel?> ask)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                return;
            }

            using var model = ask();
            await (model?.FirstToken(buffer.AsMemory(0, received.Count)) ?? Task.CompletedTask);
            await (redis?.RoundTrip(buffer.AsMemory(0, received.Count)) ?? Task.CompletedTask);
            await socket.SendAsync(
                buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, received.EndOfMessage, context.RequestAborted);
            await (model?.Rest() ?? Task.CompletedTask);
        }
    }
}
