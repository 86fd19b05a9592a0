using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Refuses sockets opened, and calls read, by pages of other origins: browsers do not apply CORS to WebSockets. A client that is no browser
/// sends no Origin and passes; it has no user's cookies to abuse. Origin is no authentication.
/// </summary>
public sealed class OriginGate(RequestDelegate next, IOptionsMonitor<GatewayOptions> options)
{
    static readonly string[] Paths = ["/hubs", "/calls"];

    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var path = context.Request.Path;
        if (origin.Length == 0 || !Paths.Any(guarded => path.StartsWithSegments(guarded, StringComparison.Ordinal)))
        {
            return next(context);
        }

        if (IsAllowed(origin, context.Request))
        {
            return Let(context, origin);
        }

        GatewayTelemetry.Refuse("origin");
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This origin may not open a call. Add it to Gateway:AllowedOrigins.", context.RequestAborted);
    }

    /// <summary>What is no socket falls under CORS: the page is told that it may, in answer to its preflight too.</summary>
    Task Let(HttpContext context, string origin)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = HeaderNames.Origin;
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return next(context);
        }

        headers.AccessControlAllowHeaders = HeaderNames.Authorization;
        headers.AccessControlAllowMethods = HttpMethods.Get;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    bool IsAllowed(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        || options.CurrentValue.AllowedOrigins.Contains(origin, StringComparer.Ordinal);
}
