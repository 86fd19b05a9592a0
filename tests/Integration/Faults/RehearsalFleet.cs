using Teleprompter.Tests.ScriptedSignIn;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// The fleet of the rehearsals' fault tests: two gateways at which reps sign in, and two workers with a speech server. Each worker has a
/// file of its own for the same buyer, so that its lines tell whose buyer speaks.
/// </summary>
[SetUpFixture]
public sealed class RehearsalFleet
{
    /// <summary>The buyer's first line.</summary>
    public const string Opening = "What does it cost us in a year?";

    static readonly string personas = Directory.CreateTempSubdirectory("personas-").FullName;
    static Fleet? fleet;

    internal static ScriptedSignInServer SignIn { get; private set; } = null!;

    internal static ScriptedSpeechServer Speech { get; private set; } = null!;

    internal static async Task<Fleet> Get() => fleet ??= await Start();

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (fleet is not null)
        {
            await fleet.DisposeAsync();
            await SignIn.DisposeAsync();
            await Speech.DisposeAsync();
        }

        Directory.Delete(personas, recursive: true);
    }

    static async Task<Fleet> Start()
    {
        for (var worker = 0; worker < 2; worker++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(personas, $"{worker}"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ruth-vale.md"), Persona(worker));
        }

        SignIn = await ScriptedSignInServer.StartAsync();
        Speech = await ScriptedSpeechServer.StartAsync();
        var settings = SignIn.Settings.Select(setting => setting[2..].Split('=', 2))
            .ToDictionary(
                setting => setting[0].Replace(":", "__", StringComparison.Ordinal), setting => setting[1], StringComparer.Ordinal);
        settings["Personas__Folder"] = Path.Combine(personas, "{worker}");
        settings["Speech__Provider"] = "OpenAI";
        settings["Speech__Endpoint"] = Speech.Endpoint.ToString();
        settings["Speech__Model"] = "scripted";
        return await Fleet.Start(gateways: 2, workers: 2, settings);
    }

    static string Persona(int worker) => $"""
        # Ruth Vale
        She asks for figures.
        ## Role
        Finance director
        ## Company
        Kestrel Logistics
        ## Mood
        Short of time.
        ## Opens
        - {Opening}
        ## Interrupts
        - says investment: It is a cost until it pays for itself.
        ## Attacks
        - price, cost: Why is that the price at worker {worker}?
        - saving: Where is the money?
        - contract: What does it cost me to leave?
        ## Patience
        - holds
        """;
}
