using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Limits how many sockets one address holds. Behind a proxy the address is the client's only where the proxy is known and says it.
/// </summary>
public sealed class ConnectionGate(RequestDelegate next, IOptions<RateLimitOptions> limits, IOptions<SignInOptions> signIn)
{
    readonly ConcurrentDictionary<IPAddress, int> open = new();
    readonly int atMost = limits.Value.ConnectionsPerAddress
        ?? (signIn.Value.Required ? RateLimitOptions.DefaultConnectionsPerAddress : int.MaxValue);

    public async Task InvokeAsync(HttpContext context)
    {
        // A socket's request lasts as long as the socket.
        if (!context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
            || context.Connection.RemoteIpAddress is not { } address)
        {
            await next(context);
            return;
        }

        try
        {
            if (open.AddOrUpdate(address, 1, (_, count) => count + 1) <= atMost)
            {
                await next(context);
                return;
            }

            GatewayTelemetry.Refuse("tooManyConnections");
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "5";
            await context.Response.WriteAsync(
                $"{atMost} connections from one address are open, the most that Gateway:ConnectionsPerAddress allows. Close one.",
                context.RequestAborted);
        }
        finally
        {
            if (open.AddOrUpdate(address, 0, (_, count) => count - 1) == 0)
            {
                // Only if it is still zero.
                open.TryRemove(new(address, 0));
            }
        }
    }
}
