using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Audit;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Reports;

/// <summary>
/// Serves what is kept of a call, as Markdown and as JSON: to its rep, who has signed in as whoever started it, or in development mode has
/// the call's resume token (<c>Authorization: Bearer …</c>, never in an address), and to the lead of its team.
/// </summary>
public static class CallReportPages
{
    const string Scheme = "Bearer ";

    /// <summary>
    /// Maps <c>/calls/{id}/summary.{md,json}</c> for the rep and <c>/dashboard/calls/{id}/summary.{md,json}</c> for the lead.
    /// </summary>
    public static void MapCallReports(this WebApplication app)
    {
        var pages = app.MapGroup("").AddEndpointFilter<StoreAway>();
        pages.MapGet("/calls/{callId:maxlength(64)}/summary.{format:regex(^(md|json)$)}", ForRep).RequireAuthorization(SignInPolicies.Rep);
        pages.MapGet("/dashboard/calls/{callId:maxlength(64)}/summary.{format:regex(^(md|json)$)}", ForLead)
            .RequireAuthorization(SignInPolicies.Lead);
    }

    static async Task<IResult> ForRep(string callId, string format, HttpContext context, CallRegister register)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
        var user = SignedInUser.Of(context.User);
        if (token is null && user.Subject is null)
        {
            context.Response.Headers.WWWAuthenticate = Scheme.Trim();
            return Results.Unauthorized();
        }

        return Page(await register.Read(callId, token, user, context.RequestAborted), format);
    }

    static async Task<IResult> ForLead(string callId, string format, HttpContext context, ICallStore store, AuditLog audit)
    {
        var user = SignedInUser.Of(context.User);
        if (await store.Read(callId, context.RequestAborted) is not { } call || !user.SeesTeam(call.Record.Team))
        {
            return Page(null, format);
        }

        await audit.Write(AuditAction.ReportRead, user, call.Record, context.RequestAborted);
        return Page(call, format);
    }

    static IResult Page(StoredCall? call, string format)
    {
        if (call is null)
        {
            return Results.NotFound();
        }

        var report = CallReports.Of(call);
        return format == "md"
            ? Results.Text(CallMarkdown.Of(report), "text/markdown; charset=utf-8")
            : Results.Json(report, ContractsJson.Default.CallReport);
    }
}
