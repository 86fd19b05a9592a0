using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Lifecycle;

namespace Teleprompter.Gateway.Hosting;

/// <summary>Sends new sockets elsewhere while this gateway drains.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="readiness">Whether it does.</param>
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
