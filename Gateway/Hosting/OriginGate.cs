using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Refuses sockets opened, tickets asked for and calls read by pages of other origins, before anybody is signed in: browsers do not apply
/// CORS to WebSockets. A client that is no browser sends no Origin and passes; it has no user's cookies to abuse. Origin is no
/// authentication, and a page of another origin never comes in by a cookie: it is not told that it may send one.
/// </summary>
public sealed partial class OriginGate(RequestDelegate next, IOptionsMonitor<GatewayOptions> options, ILogger<OriginGate> logger)
{
    // Each refused origin is logged once; a stranger who sends many fills neither log nor memory.
    const int MostOriginsLogged = 20;

    static readonly string[] Paths =
    [
        "/hubs", "/calls", "/dashboard/calls", "/sign-in/ticket", "/sign-in/me", "/sign-in/extension", "/consent", "/people", "/personas",
        "/audit",
    ];

    readonly ConcurrentDictionary<string, bool> logged = new(StringComparer.Ordinal);

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
        LogOnce(origin, context.Request);
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
        headers.AccessControlAllowMethods = $"{HttpMethods.Get}, {HttpMethods.Post}, {HttpMethods.Delete}";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    bool IsAllowed(string origin, HttpRequest request) =>
        Origin.Same(origin, Own(request)) || options.CurrentValue.AllowedOrigins.Any(allowed => Origin.Same(origin, allowed));

    void LogOnce(string origin, HttpRequest request)
    {
        if (Origin.Is(origin) && logged.Count < MostOriginsLogged && logged.TryAdd(origin, true))
        {
            LogRefused(origin, Own(request));
        }
    }

    static string Own(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    [LoggerMessage(
        LogLevel.Warning,
        "A page of {Origin} was refused; requests reach this gateway as {Own}. If that page is the gateway's own, let the proxy pass Host "
        + "and X-Forwarded-Proto and name its address in Gateway:TrustedProxies. Otherwise add the origin to Gateway:AllowedOrigins.")]
    partial void LogRefused(string origin, string own);
}
