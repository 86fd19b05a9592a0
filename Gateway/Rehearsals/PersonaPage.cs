using Teleprompter.Contracts;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Rehearsals;

/// <summary>Serves the buyers that a rehearsal can be started with, as JSON at <c>/personas</c>.</summary>
public static class PersonaPage
{
    public static void MapPersonas(this WebApplication app) => app.MapGet("/personas", (RehearsalGate rehearsals, HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(rehearsals.Personas, ContractsJson.Default.IReadOnlyListPersonaView);
    }).RequireAuthorization(SignInPolicies.Rep);
}
