using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.SignIn;

/// <summary>The addresses under <c>/sign-in</c>.</summary>
public static class SignInPages
{
    public static void MapSignIn(this WebApplication app)
    {
        var pages = app.MapGroup("/sign-in");
        pages.MapPost("/ticket", IssueTicket).RequireAuthorization(SignInPolicies.Rep);
        pages.MapGet("/me", Me);
        pages.MapGet("/extension", Extension);
        pages.MapGet("/again", (HttpRequest request, IOptions<SignInOptions> options) => !options.Value.Required
            ? Results.NotFound()
            : Results.Challenge(
                new AuthenticationProperties { RedirectUri = $"{request.PathBase}/sign-in/done" },
                [OpenIdConnectDefaults.AuthenticationScheme]));
        pages.MapGet("/done", (HttpContext context) => Show(context, "You are signed in", "Close this tab and go back to Teleprompter."));
        pages.MapGet("/out", SignOut);
    }

    /// <summary>Shows why somebody cannot come in.</summary>
    public static Task Failed(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Show(context, why, $"""<a href="{context.Request.PathBase}/">Try again</a>""");
    }

    /// <summary>Shows somebody who signed in that they have no role for a page.</summary>
    public static Task Forbidden(HttpContext context, SignedInUser user, string role)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        var who = HtmlEncoder.Default.Encode(user.Name ?? "You");
        return Show(
            context,
            "You may not open this page",
            $"""
            {who}: this page needs the role <em>{role}</em>. Ask whoever manages sign-in for it.
            <a href="{context.Request.PathBase}/sign-in/out">Sign out</a>
            """);
    }

    static async Task<IResult> IssueTicket(HttpContext context, Tickets tickets, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        var user = SignedInUser.Of(context.User);
        try
        {
            var ticket = await tickets.Issue(user, context.RequestAborted);
            return Results.Json(
                new SocketTicket(ticket, (user.ExpiresAt - time.GetUtcNow())?.TotalMilliseconds), ContractsJson.Default.SocketTicket);
        }
        catch (CallStoreUnavailableException)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> Me(HttpContext context, IOptions<SignInOptions> options)
    {
        context.Response.Headers.CacheControl = "no-store";
        var scheme = context.Request.Headers.Authorization.Count == 0
            ? CookieAuthenticationDefaults.AuthenticationScheme
            : JwtBearerDefaults.AuthenticationScheme;
        var user = options.Value.Required ? SignedInUser.Of((await context.AuthenticateAsync(scheme)).Principal) : null;
        return Results.Json(new SignInView(options.Value.Required, user?.Name, user?.Role?.ToString().ToLowerInvariant()));
    }

    /// <summary>Tells the Chrome extension, which nobody is signed in from yet, where and as what it gets access tokens.</summary>
    static async Task<IResult> Extension(
        HttpContext context, IOptions<SignInOptions> options, IOptionsMonitor<OpenIdConnectOptions> connect)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (options.Value is not { Required: true, ExtensionClientId: { Length: > 0 } clientId, ExtensionScope: var scope })
        {
            return Results.Json(new ExtensionSignInView(options.Value.Required, Client: null));
        }

        try
        {
            var manager = connect.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!;
            var provider = await manager.GetConfigurationAsync(context.RequestAborted);
            return Results.Json(new ExtensionSignInView(true, new ExtensionClient(
                provider.Issuer, provider.AuthorizationEndpoint, provider.TokenEndpoint, provider.RevocationEndpoint, clientId, scope)));
        }
        catch (InvalidOperationException)
        {
            GatewayTelemetry.Refuse("providerAway");
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task SignOut(HttpContext context, IOptions<SignInOptions> options)
    {
        if (options.Value.Required)
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }

        await Show(
            context,
            "You are signed out of Teleprompter",
            $"""Your company's sign-in may still know this browser. <a href="{context.Request.PathBase}/">Sign in again</a>""");
    }

    static Task Show(HttpContext context, string title, string html)
    {
        context.Response.Headers.CacheControl = "no-store";
        var root = context.Request.PathBase;
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Teleprompter</title>
            <link rel="icon" href="{root}/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="{root}/notice.css">
            </head>
            <body><main><h1>{title}</h1><p>{html}</p></main></body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: context.Response.StatusCode).ExecuteAsync(context);
    }
}
