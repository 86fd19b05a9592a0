using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Teleprompter.Tests.Load;

/// <summary>
/// The floor: what a WebSocket on Kestrel costs when the server does nothing but send a message back; with a model, nothing but ask it first, and send the
/// message back at the first token.
/// </summary>
static class EchoServer
{
    public static async Task Run(Uri? model)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        using var http = new HttpClient();
        app.Run(context => Echo(context, () => model is null ? null : new BareModel(http, model)));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    static async Task Echo(HttpContext context, Func<BareModel?> ask)
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
            if (model is not null)
            {
                await model.FirstToken(buffer.AsMemory(0, received.Count));
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, received.EndOfMessage, context.RequestAborted);
            if (model is not null)
            {
                await model.Rest();
            }
        }
    }
}
