using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Audit;

/// <summary>Serves <c>/audit</c> to administrators.</summary>
public static class AuditPages
{
    const int Default = 100;
    const int Most = 1000;

    public static void MapAudit(this WebApplication app) =>
        app.MapGet("/audit", Read).RequireAuthorization(SignInPolicies.Admin).AddEndpointFilter<StoreAway>();

    /// <param name="call">Only what was done with this call.</param>
    /// <param name="person">Only what this subject did, or what was done with their calls.</param>
    static async Task<IResult> Read(IAuditTrail trail, string? call, string? person, int? count, CancellationToken cancellationToken)
    {
        var entries = await trail.Read(
            entry => (call is null || entry.CallId == call) && (person is null || entry.Person == person || entry.By == person),
            Math.Clamp(count ?? Default, 1, Most),
            cancellationToken);
        return Results.Json(new AuditReport(entries), ContractsJson.Default.AuditReport);
    }
}
