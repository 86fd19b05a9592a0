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
        app.MapGet("/calls/{callId:maxlength(64)}/summary.{format:regex(^(md|json)$)}", ForRep).RequireAuthorization(SignInPolicies.Rep);
        app.MapGet("/dashboard/calls/{callId:maxlength(64)}/summary.{format:regex(^(md|json)$)}", ForLead)
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

        return await Answer(format, context, () => register.Read(callId, token, user, context.RequestAborted));
    }

    static Task<IResult> ForLead(string callId, string format, HttpContext context, ICallStore store, AuditLog audit) =>
        Answer(format, context, async () =>
        {
            var user = SignedInUser.Of(context.User);
            if (await store.Read(callId, context.RequestAborted) is not { } call || !user.SeesTeam(call.Record.Team))
            {
                return null;
            }

            await audit.Write(AuditAction.ReportRead, user, call.Record, context.RequestAborted);
            return call;
        });

    static async Task<IResult> Answer(string format, HttpContext context, Func<Task<StoredCall?>> read)
    {
        try
        {
            context.Response.Headers.CacheControl = "no-store";
            return await read() is { } call ? Page(CallReports.Of(call), format) : Results.NotFound();
        }
        catch (CallStoreUnavailableException)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    static IResult Page(CallReport report, string format) => format == "md"
        ? Results.Text(CallMarkdown.Of(report), "text/markdown; charset=utf-8")
        : Results.Json(report, ContractsJson.Default.CallReport);
}
