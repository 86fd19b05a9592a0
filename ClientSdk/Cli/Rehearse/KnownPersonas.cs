using System.Net.Http.Headers;
using System.Net.Http.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>The personas that a gateway lists.</summary>
static class KnownPersonas
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="InputException">The gateway does not know the persona of the options.</exception>
    /// <exception cref="GatewayUnreachableException">It does not answer.</exception>
    public static async Task Require(CallClientOptions options, CancellationToken stop)
    {
        var folder = new Uri($"{options.Gateway.GetLeftPart(UriPartial.Path).TrimEnd('/')}/");
        using var client = new HttpClient { BaseAddress = folder, Timeout = Patience };
        if (options.AccessToken is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await token(stop));
        }

        IReadOnlyList<PersonaView> personas;
        try
        {
            personas = (await client.GetFromJsonAsync(
                new Uri("personas", UriKind.Relative), ContractsJson.Default.IReadOnlyListPersonaView, stop))!;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            throw new GatewayUnreachableException(options.Gateway, error.Message);
        }

        var wanted = options.Rehearsal!.PersonaId;
        if (!personas.Any(persona => persona.PersonaId == wanted))
        {
            throw new InputException(
                $"--persona: there is no '{wanted}'. Use one of {string.Join(", ", personas.Select(persona => persona.PersonaId))}.");
        }
    }
}
