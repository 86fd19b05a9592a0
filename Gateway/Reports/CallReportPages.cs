using System.Security.Claims;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Dashboard;

namespace Teleprompter.Gateway.Reports;

/// <summary>
/// Serves what is kept of a call, as Markdown and as JSON: to its rep, who proves it with the call's resume token
/// (<c>Authorization: Bearer …</c>, never in an address), and to the lead, whose pages <see cref="DashboardGate"/> guards.
/// </summary>
public static class CallReportPages
{
    const string Scheme = "Bearer ";

    /// <summary>
    /// Maps <c>/calls/{id}/summary.{md,json}</c> for the rep and <c>/dashboard/calls/{id}/summary.{md,json}</c> for the lead.
    /// </summary>
    public static void MapCallReports(this WebApplication app)
    {
        app.MapGet("/calls/{callId:maxlength(64)}/summary.{format:regex(^(md|json)$)}", ForRep);
        app.MapGet("/dashboard/calls/{callId:maxlength(64)}/summary.{format:regex(^(md|json)$)}", ForLead);
    }

    static async Task<IResult> ForRep(string callId, string format, HttpContext context, CallRegister register)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.WWWAuthenticate = Scheme.Trim();
            return Results.Unauthorized();
        }

        var subject = context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        var token = authorization[Scheme.Length..].Trim();
        return await Answer(format, context, () => register.Read(callId, token, subject, context.RequestAborted));
    }

    static Task<IResult> ForLead(string callId, string format, HttpContext context, ICallStore store) =>
        Answer(format, context, async () => await store.Read(callId, context.RequestAborted));

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
