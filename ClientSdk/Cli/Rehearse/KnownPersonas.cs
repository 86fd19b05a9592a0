using System.Text.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>The personas that a gateway lists.</summary>
static class KnownPersonas
{
    /// <exception cref="GatewayUnreachableException">It does not answer.</exception>
    public static async Task<IReadOnlyList<PersonaView>> Of(CallClientOptions options, CancellationToken stop)
    {
        var answer = await GatewayRequest.Send(HttpMethod.Get, options.Gateway, "personas", options.AccessToken, stop);
        return JsonSerializer.Deserialize(answer, ContractsJson.Default.IReadOnlyListPersonaView)!;
    }

    /// <exception cref="InputException">The gateway does not know the persona of the options.</exception>
    /// <exception cref="GatewayUnreachableException">It does not answer.</exception>
    public static async Task Require(CallClientOptions options, CancellationToken stop)
    {
        var personas = await Of(options, stop);
        var wanted = options.Rehearsal!.PersonaId;
        if (!personas.Any(persona => persona.PersonaId == wanted))
        {
            throw new InputException(
                $"--persona: there is no '{wanted}'. Use one of {string.Join(", ", personas.Select(persona => persona.PersonaId))}.");
        }
    }
}
