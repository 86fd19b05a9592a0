using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Teleprompter.Gateway.SignIn;

/// <summary>The authorisation policies, each for a role and what proves it. In development mode all of them let everybody in.</summary>
public static class SignInPolicies
{
    /// <summary>HTTP requests of any role: by the page's cookie or an access token.</summary>
    public const string Rep = nameof(Rep);

    /// <summary>HTTP requests of leads and administrators.</summary>
    public const string Lead = nameof(Lead);

    /// <summary>HTTP requests of administrators.</summary>
    public const string Admin = nameof(Admin);

    /// <summary>Sockets of any role: by a ticket.</summary>
    public const string RepSocket = nameof(RepSocket);

    /// <summary>Sockets of leads and administrators.</summary>
    public const string LeadSocket = nameof(LeadSocket);

    public static void Add(AuthorizationOptions options, bool required)
    {
        string[] http = required
            ? [CookieAuthenticationDefaults.AuthenticationScheme, JwtBearerDefaults.AuthenticationScheme]
            : [DevelopmentScheme.Name];
        string[] socket = required ? [TicketScheme.Name] : [DevelopmentScheme.Name];
        options.AddPolicy(Rep, policy => Require(policy, UserRole.Rep, http));
        options.AddPolicy(Lead, policy => Require(policy, UserRole.Lead, http));
        options.AddPolicy(Admin, policy => Require(policy, UserRole.Admin, http));
        options.AddPolicy(RepSocket, policy => Require(policy, UserRole.Rep, socket));
        options.AddPolicy(LeadSocket, policy => Require(policy, UserRole.Lead, socket));
    }

    static void Require(AuthorizationPolicyBuilder policy, UserRole role, string[] schemes) => policy
        .AddAuthenticationSchemes(schemes)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => SignedInUser.Of(context.User).Is(role));
}
