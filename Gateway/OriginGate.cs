using Microsoft.Extensions.Options;

namespace Teleprompter.Gateway;

/// <summary>
/// Refuses sockets opened by pages of other origins: browsers do not apply CORS to WebSockets. A client that is no browser sends no Origin and
/// passes; it has no user's cookies to abuse. Origin is no authentication.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="options">The allow-list.</param>
public sealed class OriginGate(RequestDelegate next, IOptionsMonitor<GatewayOptions> options)
{
    /// <summary>Judges a request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>When answered.</returns>
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) || IsAllowed(origin, context.Request))
        {
            return next(context);
        }

        GatewayTelemetry.Refuse("origin");
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This origin may not open a call. Add it to Gateway:AllowedOrigins.", context.RequestAborted);
    }

    bool IsAllowed(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || options.CurrentValue.AllowedOrigins.Contains(origin, StringComparer.Ordinal);
}
