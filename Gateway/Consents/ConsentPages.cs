using Teleprompter.Contracts;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Consents;

/// <summary>Serves <c>/consent</c>: what the caller's team must ask before a call.</summary>
public static class ConsentPages
{
    public static void MapConsent(this WebApplication app) => app
        .MapGet("/consent", (HttpContext context, ConsentRules rules) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(rules.PolicyOf(SignedInUser.Of(context.User).Team), ContractsJson.Default.ConsentPolicy);
        })
        .RequireAuthorization(SignInPolicies.Rep);
}
