using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Audit;

/// <summary>Serves <c>/audit</c> to administrators.</summary>
public static class AuditPages
{
    const int Default = 100;
    const int Most = 1000;

    public static void MapAudit(this WebApplication app) =>
        app.MapGet("/audit", Read).RequireAuthorization(SignInPolicies.Admin);

    /// <param name="call">Only what was done with this call.</param>
    /// <param name="person">Only what this subject did, or what was done with their calls.</param>
    static async Task<IResult> Read(HttpContext context, IAuditTrail trail, string? call, string? person, int? count)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var entries = await trail.Read(
                entry => (call is null || entry.CallId == call) && (person is null || entry.Person == person || entry.By == person),
                Math.Clamp(count ?? Default, 1, Most),
                context.RequestAborted);
            return Results.Json(new AuditReport(entries), ContractsJson.Default.AuditReport);
        }
        catch (CallStoreUnavailableException)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
