using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Teleprompter.Gateway.SignIn;

/// <summary>Registers sign-in: pages by the code flow with PKCE and a cookie, other clients by access tokens, sockets by tickets.</summary>
public static class SignInRegistration
{
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
                .AddJwtBearer(bearer => ProviderTrust.Configure(bearer, options))
                .AddOpenIdConnect(provider => ProviderTrust.Configure(provider, options))
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

    static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
