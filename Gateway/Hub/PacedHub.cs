using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Intake;

namespace Teleprompter.Gateway.Hub;

/// <summary>Hubs whose connections are read at a <see cref="ReadingPace"/>.</summary>
static class PacedHub
{
    /// <summary>Maps a hub, for WebSockets.</summary>
    public static ConnectionEndpointRouteBuilder MapPacedHub<T>(this WebApplication app, string path)
        where T : Microsoft.AspNetCore.SignalR.Hub
    {
        var limits = app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        var time = app.Services.GetRequiredService<TimeProvider>();
        return app.MapConnections(path, new HttpConnectionDispatcherOptions { Transports = HttpTransportType.WebSockets }, connection =>
            connection.Use(next => context => Read(context, next, new ReadingPace(limits, time), time)).UseHub<T>());
    }

    static async Task Read(ConnectionContext connection, ConnectionDelegate next, ReadingPace pace, TimeProvider time)
    {
        var input = new PacedReader(connection.Transport.Input, pace, time);
        connection.Transport = new PacedPipe(input, connection.Transport.Output);
        ReadingPace.Current.Value = pace;
        await next(connection);
    }

    sealed record PacedPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
