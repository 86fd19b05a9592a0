using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.SignIn;

/// <summary>
/// Sends whoever opens a page without being signed in to the provider. Scripts and styles are the same for everybody and need no sign-in.
/// </summary>
public sealed class PageGate(RequestDelegate next, IOptions<SignInOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        UserRole? needed = path switch
        {
            "" or "/" or "/index.html" => UserRole.Rep,
            _ when path.TrimEnd('/').Equals("/dashboard", StringComparison.OrdinalIgnoreCase) => UserRole.Lead,
            _ when path.Equals("/dashboard/index.html", StringComparison.OrdinalIgnoreCase) => UserRole.Lead,
            _ => null,
        };
        if (!options.Value.Required || needed is not { } role)
        {
            await next(context);
            return;
        }

        var signedIn = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (!signedIn.Succeeded)
        {
            await SendToProvider(context);
        }
        else if (SignedInUser.Of(signedIn.Principal) is var user && !user.Is(role))
        {
            GatewayTelemetry.Refuse("role");
            await SignInPages.Forbidden(context, user, role == UserRole.Rep ? options.Value.Rep : options.Value.Lead);
        }
        else
        {
            await next(context);
        }
    }

    static async Task SendToProvider(HttpContext context)
    {
        try
        {
            await context.ChallengeAsync(
                OpenIdConnectDefaults.AuthenticationScheme,
                new AuthenticationProperties { RedirectUri = context.Request.PathBase + context.Request.Path });
        }
        catch (InvalidOperationException) when (!context.Response.HasStarted)
        {
            // The handler throws this where it cannot read the provider's configuration.
            GatewayTelemetry.Refuse("providerAway");
            await SignInPages.Failed(context, "The sign-in provider does not answer.");
        }
    }
}
