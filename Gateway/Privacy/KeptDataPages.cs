using Teleprompter.Gateway.Calls;
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
        var pages = app.MapGroup("").RequireAuthorization(SignInPolicies.Rep).AddEndpointFilter<StoreAway>();
        pages.MapGet("/calls/{callId:maxlength(64)}/data", async (string callId, HttpContext context, KeptData data) =>
            await data.Export(callId, SignedInUser.Of(context.User), context.RequestAborted) is { } export
                ? Results.Json(export, ExportJson.Default.CallExport)
                : Results.NotFound());
        pages.MapDelete("/calls/{callId:maxlength(64)}/data", async (string callId, HttpContext context, KeptData data) =>
            await data.Delete(callId, SignedInUser.Of(context.User), context.RequestAborted) ? Results.NoContent() : Results.NotFound());

        // By a query, since subjects may have slashes; absent, the caller's own.
        pages.MapGet("/people/data", (string? subject, HttpContext context, KeptData data) => ForPerson(
            subject,
            context,
            async (whose, user, stop) => Results.Json(await data.ExportPerson(whose, user, stop), ExportJson.Default.PersonExport)));
        pages.MapDelete("/people/data", (string? subject, HttpContext context, KeptData data) => ForPerson(
            subject, context, async (whose, user, stop) => Results.Json(new { Deleted = await data.DeletePerson(whose, user, stop) })));
    }

    static Task<IResult> ForPerson(
        string? subject, HttpContext context, Func<string?, SignedInUser, CancellationToken, Task<IResult>> act)
    {
        var user = SignedInUser.Of(context.User);
        if (subject is null || subject == user.Subject || user.Is(UserRole.Admin))
        {
            return act(subject ?? user.Subject, user, context.RequestAborted);
        }

        GatewayTelemetry.Refuse("role");
        return Task.FromResult(Results.StatusCode(StatusCodes.Status403Forbidden));
    }
}
