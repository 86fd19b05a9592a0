using System.Reflection;
using System.Text.Json;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Faults;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>
/// What a team lead looks at: two gateways, two workers, Redis, the scripted model, and sample calls played over and over.
/// </summary>
sealed class LeadFleet : IAsyncDisposable
{
    static readonly string[] Samples = ["price-objection", "security-review", "renewal-at-risk", "discovery"];

    static readonly TimeSpan Brisk = TimeSpan.FromMilliseconds(2500);

    readonly RedisServer redis;
    readonly ScriptedModelServer model;
    readonly CancellationTokenSource stop = new();
    readonly List<Task> playing = [];

    LeadFleet(RedisServer redis, ScriptedModelServer model)
    {
        (this.redis, this.model) = (redis, model);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Model__Endpoint"] = model.Endpoint.ToString(),
            ["Model__Name"] = "scripted",
            ["Model__ApiKey"] = "none",
            ["Admission__Slots"] = "12",
            ["Lead__InputPrice"] = "0.15",
            ["Lead__OutputPrice"] = "0.60",
        };
        Gateways = [Make("Gateway"), Make("Gateway")];
        Workers = [Make("Worker"), Make("Worker")];

        FleetProcess Make(string what) => new(PathOf(what), redis.Port, settings);
    }

    public IReadOnlyList<FleetProcess> Gateways { get; }

    public IReadOnlyList<FleetProcess> Workers { get; }

    public static async Task<LeadFleet> Start(bool givesWay = false)
    {
        var fleet = new LeadFleet(
            await RedisServer.Start(),
            await ScriptedModelServer.StartAsync(
                new ModelScript { Numbered = true, FirstToken = TimeSpan.FromMilliseconds(280), Jitter = TimeSpan.FromMilliseconds(60) }));
        foreach (var process in fleet.Everyone)
        {
            process.Launch(givesWay);
        }

        await Task.WhenAll(fleet.Everyone.Select(process => process.UntilReady()));
        return fleet;
    }

    /// <summary>Plays sample calls, spread over the gateways, until the fleet is gone.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="pace">Time between the lines of a call; brisk by default.</param>
    public void Play(int calls, TimeSpan? pace = null) =>
        playing.AddRange(Enumerable.Range(0, calls).Select(call => Play(call, pace ?? Brisk, stop.Token)));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(playing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var process in Everyone)
        {
            await process.DisposeAsync();
        }

        await redis.DisposeAsync();
        await model.DisposeAsync();
        stop.Dispose();
    }

    IEnumerable<FleetProcess> Everyone => [.. Gateways, .. Workers];

    async Task Play(int call, TimeSpan pace, CancellationToken cancellationToken)
    {
        var sample = Sample.Read(Samples[call % Samples.Length]);
        await using var client = new CallClient(new CallClientOptions(Gateways[call % Gateways.Count].Address)
        {
            Brief = sample.Brief with { RepName = $"{sample.Brief.RepName} {call + 1}" },
        });
        await client.ConnectAsync(cancellationToken);
        using var timer = new PeriodicTimer(pace);

        // Not all at once, and each at a line of its own.
        for (var line = call; await timer.WaitForNextTickAsync(cancellationToken); line++)
        {
            var (speaker, text) = sample.Lines[line % sample.Lines.Count];
            var endMs = (long)client.Elapsed.TotalMilliseconds;
            client.Hear(
                new TranscriptSegment($"{call}-{line}", speaker, text, Final: true, StartMs: Math.Max(0, endMs - 1800), EndMs: endMs));
            await Task.Delay(pace * (call % 7 / 100.0), cancellationToken);
        }
    }

    static string PathOf(string what) =>
        typeof(LeadFleet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == what).Value!;

    sealed record Sample(CallBrief Brief, IReadOnlyList<(Speaker Speaker, string Text)> Lines)
    {
        static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

        public static Sample Read(string name)
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Teleprompter.sln")))
            {
                folder = folder.Parent;
            }

            using var file = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(folder.FullName, "ClientSdk/Browser/side-panel/public/calls", $"{name}.json")));
            var brief = file.RootElement.GetProperty("brief").Deserialize<CallBrief>(Web)!;
            return new Sample(brief, [.. file.RootElement.GetProperty("turns").EnumerateArray().Select(turn => (
                turn.GetProperty("speaker").ValueEquals("rep") ? Speaker.Rep : Speaker.Customer, turn.GetProperty("text").GetString()!))]);
        }
    }
}
