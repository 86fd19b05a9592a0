using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Teleprompter.Gateway.SignIn;

/// <summary>What is taken from the company's provider: its access tokens, and the code flow's tokens, signed as is pinned here.</summary>
static class ProviderTrust
{
    // Asymmetric ones only: tokens cannot be signed with anything that the gateway knows, nor be left unsigned.
    static readonly string[] algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // The provider's keys are read again when a token has an unknown one, but not more often than this.
    static readonly TimeSpan KeysReadAtMostEvery = TimeSpan.FromSeconds(30);

    public static void Configure(JwtBearerOptions bearer, SignInOptions options)
    {
        (bearer.Authority, bearer.Audience) = (options.Authority!.ToString(), options.Audience);
        (bearer.RequireHttpsMetadata, bearer.RefreshInterval) = (!options.Authority.IsLoopback, KeysReadAtMostEvery);
        bearer.MapInboundClaims = false;
        Pin(bearer.TokenValidationParameters);
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                var expiresAt = new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero);
                context.Principal =
                    SignedInUser.FromProvider(context.Principal!, options, expiresAt)?.Principal(JwtBearerDefaults.AuthenticationScheme);
                if (context.Principal is null)
                {
                    context.Fail($"The token has no claim {options.SubjectClaim}.");
                }

                return Task.CompletedTask;
            },
        };
    }

    public static void Configure(OpenIdConnectOptions provider, SignInOptions options)
    {
        (provider.Authority, provider.ClientId, provider.ClientSecret) =
            (options.Authority!.ToString(), options.ClientId, options.ClientSecret is { Length: > 0 } secret ? secret : null);
        (provider.RequireHttpsMetadata, provider.RefreshInterval) = (!options.Authority.IsLoopback, KeysReadAtMostEvery);
        (provider.SignInScheme, provider.CallbackPath) = (CookieAuthenticationDefaults.AuthenticationScheme, "/sign-in/callback");
        (provider.ResponseType, provider.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        (provider.MapInboundClaims, provider.UsePkce, provider.SaveTokens, provider.UseTokenLifetime) = (false, true, false, false);
        // The answer comes as a plain navigation, with which a browser sends these cookies, also over plain HTTP on loopback.
        (provider.NonceCookie.SameSite, provider.CorrelationCookie.SameSite) = (SameSiteMode.Lax, SameSiteMode.Lax);
        (provider.NonceCookie.SecurePolicy, provider.CorrelationCookie.SecurePolicy) =
            (CookieSecurePolicy.SameAsRequest, CookieSecurePolicy.SameAsRequest);
        Pin(provider.TokenValidationParameters);
        provider.Events = new OpenIdConnectEvents
        {
            OnTokenValidated = context =>
            {
                var expiresAt = TimeProvider.System.GetUtcNow() + options.Session;
                var user = SignedInUser.FromProvider(context.Principal!, options, expiresAt);
                context.Principal = user?.Principal(CookieAuthenticationDefaults.AuthenticationScheme);
                context.Properties!.ExpiresUtc = expiresAt;
                if (user is null)
                {
                    context.Fail($"The provider's token has no claim {options.SubjectClaim}.");
                }

                return Task.CompletedTask;
            },
            OnRemoteFailure = context =>
            {
                context.HandleResponse();
                return SignInPages.Failed(context.HttpContext, "The sign-in did not succeed.");
            },
        };
    }

    static void Pin(TokenValidationParameters parameters)
    {
        (parameters.ValidAlgorithms, parameters.ClockSkew) = (algorithms, ClockSkew);
        (parameters.ValidateIssuer, parameters.ValidateAudience, parameters.RequireSignedTokens, parameters.RequireExpirationTime) =
            (true, true, true, true);
    }
}
