using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Gateway.Hosting;

/// <summary>Refuses new sockets while this gateway drains: their clients connect to another gateway.</summary>
public sealed class DrainGate(RequestDelegate next, Readiness readiness)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!readiness.Draining || !context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal))
        {
            return next(context);
        }

        GatewayTelemetry.Refuse("draining");
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsync("This gateway is stopping. Connect again; another one answers.", context.RequestAborted);
    }
}
