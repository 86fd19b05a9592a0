using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Teleprompter.Gateway.SignIn;

/// <summary>Registers sign-in: pages by the code flow with PKCE and a cookie, other clients by access tokens, sockets by tickets.</summary>
public static class SignInRegistration
{
    // Asymmetric ones only: tokens cannot be signed with anything that the gateway knows, nor be left unsigned.
    static readonly string[] algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    // The provider's keys are read again when a token has an unknown one, but not more often than this.
    static readonly TimeSpan KeysReadAtMostEvery = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(SignInOptions.Section).Get<SignInOptions>() ?? new SignInOptions();
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Tickets>().AddSingleton<ConnectionSignIn>().AddHostedService<DevelopmentNotice>()
            .AddAuthorization(all => SignInPolicies.Add(all, options.Required));
        if (options.Required)
        {
            services.AddAuthentication()
                .AddCookie(cookie => Configure(cookie, options))
                .AddJwtBearer(bearer => Configure(bearer, options))
                .AddOpenIdConnect(provider => Configure(provider, options))
                .AddScheme<AuthenticationSchemeOptions, TicketScheme>(TicketScheme.Name, configureOptions: null);
        }
        else
        {
            services.AddAuthentication()
                .AddScheme<AuthenticationSchemeOptions, DevelopmentScheme>(DevelopmentScheme.Name, configureOptions: null);
        }

        return services;
    }

    static void Configure(CookieAuthenticationOptions cookie, SignInOptions options)
    {
        cookie.Cookie.Name = "teleprompter.sign-in";
        cookie.ExpireTimeSpan = options.Session;
        cookie.SlidingExpiration = false;
        cookie.Events.OnRedirectToLogin = context => Answer(context.Response, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
    }

    static void Configure(JwtBearerOptions bearer, SignInOptions options)
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
                var user = SignedInUser.FromProvider(context.Principal!, options, expiresAt);
                context.Principal = user?.Principal(JwtBearerDefaults.AuthenticationScheme);
                if (user is null)
                {
                    context.Fail($"The token has no claim {options.SubjectClaim}.");
                }

                return Task.CompletedTask;
            },
        };
    }

    static void Configure(OpenIdConnectOptions provider, SignInOptions options)
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

    static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
