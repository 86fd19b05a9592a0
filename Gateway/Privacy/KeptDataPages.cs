using Teleprompter.Bus;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Privacy;

/// <summary>
/// Serves the export and the deletion of calls at <c>/calls/{id}/data</c>, and of a person's calls at <c>/people/data</c>. No endpoint may
/// be at <c>/calls/{id}</c> itself: for every other method it would answer in place of the panel's sample calls, which are files there.
/// </summary>
public static class KeptDataPages
{
    public static void MapKeptData(this WebApplication app)
    {
        var pages = app.MapGroup("").RequireAuthorization(SignInPolicies.Rep);
        pages.MapGet("/calls/{callId:maxlength(64)}/data", (string callId, HttpContext context, KeptData data) => Answer(
            context,
            async (user, stop) => await data.Export(callId, user, stop) is { } export
                ? Results.Json(export, ExportJson.Default.CallExport)
                : Results.NotFound()));
        pages.MapDelete("/calls/{callId:maxlength(64)}/data", (string callId, HttpContext context, KeptData data) => Answer(
            context, async (user, stop) => await data.Delete(callId, user, stop) ? Results.NoContent() : Results.NotFound()));

        // By a query, since subjects may have slashes; absent, the caller's own.
        pages.MapGet("/people/data", (string? subject, HttpContext context, KeptData data) => ForPerson(
            subject,
            context,
            async (whose, user, stop) => Results.Json(await data.ExportPerson(whose, user, stop), ExportJson.Default.PersonExport)));
        pages.MapDelete("/people/data", (string? subject, HttpContext context, KeptData data) => ForPerson(
            subject, context, async (whose, user, stop) => Results.Json(new { Deleted = await data.DeletePerson(whose, user, stop) })));
    }

    static Task<IResult> ForPerson(
        string? subject, HttpContext context, Func<string?, SignedInUser, CancellationToken, Task<IResult>> act) => Answer(
        context,
        (user, stop) =>
        {
            if (subject is null || subject == user.Subject || user.Is(UserRole.Admin))
            {
                return act(subject ?? user.Subject, user, stop);
            }

            GatewayTelemetry.Refuse("role");
            return Task.FromResult(Results.StatusCode(StatusCodes.Status403Forbidden));
        });

    static async Task<IResult> Answer(HttpContext context, Func<SignedInUser, CancellationToken, Task<IResult>> act)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return await act(SignedInUser.Of(context.User), context.RequestAborted);
        }
        catch (CallStoreUnavailableException)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
