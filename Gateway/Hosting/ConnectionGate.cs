using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Limits how many sockets one address holds, and how often it opens one. Behind a proxy the address is the client's only where the proxy
/// is known and says it.
/// </summary>
public sealed class ConnectionGate : IDisposable
{
    /// <summary>A client that comes back at once gets no further: it waits for its answer.</summary>
    static readonly TimeSpan RefusalTakes = TimeSpan.FromSeconds(1);

    readonly RequestDelegate next;
    readonly TimeProvider time;
    readonly int? atMost;
    readonly PartitionedRateLimiter<HttpContext> limiter;

    public ConnectionGate(RequestDelegate next, IOptions<RateLimitOptions> limits, IOptions<SignInOptions> signIn, TimeProvider time)
    {
        (this.next, this.time) = (next, time);
        atMost = limits.Value.ConnectionsPerAddress ?? (signIn.Value.Required ? RateLimitOptions.DefaultConnectionsPerAddress : null);
        var open = new ConcurrencyLimiterOptions { PermitLimit = atMost ?? int.MaxValue, QueueLimit = 0 };
        var opened = new TokenBucketRateLimiterOptions
        {
            // All clients behind one address come back at once, some of them twice.
            TokenLimit = Math.Max(50, 2 * (atMost ?? 0)),
            TokensPerPeriod = Math.Max(10, (atMost ?? 0) / 20),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
        limiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, IPAddress>(
                context => RateLimitPartition.GetConcurrencyLimiter(AddressOf(context), _ => open)),
            PartitionedRateLimiter.Create<HttpContext, IPAddress>(
                context => RateLimitPartition.GetTokenBucketLimiter(AddressOf(context), _ => opened)));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        // A socket's request lasts as long as the socket.
        if (atMost is null || !context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
            || context.Connection.RemoteIpAddress is null)
        {
            await next(context);
            return;
        }

        using (var lease = limiter.AttemptAcquire(context))
        {
            if (lease.IsAcquired)
            {
                await next(context);
                return;
            }
        }

        GatewayTelemetry.Refuse("tooManyConnections");
        await Task.Delay(RefusalTakes, time, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "5";
        await context.Response.WriteAsync(
            $"{atMost} connections from one address are open, the most that Gateway:ConnectionsPerAddress allows, or it opens them too "
            + "fast. Close one, or come back more slowly.",
            context.RequestAborted);
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Of IPv6 the network: a host has as many addresses there as it likes.</summary>
    static IPAddress AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress!;
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
