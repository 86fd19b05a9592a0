using System.Globalization;
using System.Text;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// Hours of talk with a random fault every half minute, from a seed; started by <c>tests/soak.sh</c>. What clients saw is checked after
/// every fault, and the memory of every process is sampled and told.
/// </summary>
[Explicit("Runs for as long as SOAK_MINUTES says.")]
[NonParallelizable]
public sealed class SoakRun
{
    const int Talkers = 20;
    static readonly TimeSpan FaultEvery = TimeSpan.FromSeconds(30);

    /// <summary>Every call talks for this long before a fault, and a fault that ends lasts as long as its name says.</summary>
    static readonly TimeSpan QuietBefore = TimeSpan.FromSeconds(5);
    static readonly TimeSpan RedisIsGone = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Frozen = TimeSpan.FromSeconds(4);
    static readonly TimeSpan Harmed = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a process warms up after its first sample, how long it must live on to be judged, and how much it may grow in that time.
    /// </summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(3);
    static readonly TimeSpan JudgedFrom = TimeSpan.FromMinutes(3);
    const double Growth = 1.15;

    readonly List<(double AtMs, int Process, long Bytes)> memory = [];

    [Test]
    [CancelAfter(int.MaxValue)]
    public async Task Hours_of_faults_break_nothing_and_memory_stays_flat()
    {
        var minutes = double.Parse(Setting("SOAK_MINUTES", "20"), CultureInfo.InvariantCulture);
        var seed = int.Parse(
            Setting("SOAK_SEED", Environment.TickCount.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        await Say($"seed {seed}, {minutes} minutes");
#pragma warning disable CA5394 // Repeatable is what is wanted.
        var random = new Random(seed);
        await using var fleet = await Fleet.Start(gateways: 2, workers: 3);
        var begun = ScriptedModelServer.NowMs;
        for (var round = 1; ScriptedModelServer.NowMs - begun < minutes * 60_000; round++)
        {
            fleet.Model.Script = new ModelScript();
            var clients = await fleet.Connect(Talkers);
            clients.ToList().ForEach(client => client.Talk(TimeSpan.FromSeconds(3)));
            var roundBegun = ScriptedModelServer.NowMs;
            await Task.Delay(QuietBefore);

            var fault = Faults[random.Next(Faults.Length)];
            await Say($"round {round} at {TimeSpan.FromMilliseconds(ScriptedModelServer.NowMs - begun):hh\\:mm\\:ss}: {fault.Name}");
            await fault.Act(fleet, random);
            await Task.Delay(FaultEvery - TimeSpan.FromMilliseconds(Math.Min(25_000, ScriptedModelServer.NowMs - roundBegun)));
            Sample(fleet);

            await fleet.EveryCallAnswers(Patience);
            await fleet.AssertNothingBroke(frozen: fault.Freezes, untold: true);
            await fleet.Mend();
        }
#pragma warning restore CA5394
        await Say(Memory(begun));
        Assert.That(Grown(), Is.Empty);
    }

    sealed record Fault(string Name, Func<Fleet, Random, Task> Act, bool Freezes = false);

#pragma warning disable CA5394
    static Fault[] Faults { get; } =
    [
        new("a worker is killed", (fleet, random) => Any(fleet.Workers, random).Kill()),
        new("a worker is frozen for 4 s", (fleet, random) => Freeze(Any(fleet.Workers, random)), Freezes: true),
        new("a worker is asked to leave", (fleet, random) => { Any(fleet.Workers, random).Terminate(); return Task.CompletedTask; }),
        new("a gateway is killed", (fleet, random) => Any(fleet.Gateways, random).Kill()),
        new("a gateway is frozen for 4 s", (fleet, random) => Freeze(Any(fleet.Gateways, random)), Freezes: true),
        new("a gateway is asked to leave", (fleet, random) => { Any(fleet.Gateways, random).Terminate(); return Task.CompletedTask; }),
        new(
            "Redis is killed and started again",
            async (fleet, _) => { await fleet.KillRedis(); await Task.Delay(RedisIsGone); await fleet.StartRedis(); }),
        new(
            "Redis is frozen for 4 s",
            async (fleet, _) => { fleet.Redis.Pause(); await Task.Delay(Frozen); fleet.Redis.Continue(); },
            Freezes: true),
        new("Redis forgets everything", (fleet, _) => fleet.Redis.FlushAll()),
        new("subscriptions are killed", (fleet, _) => fleet.Redis.Command("CLIENT", "KILL", "TYPE", "pubsub")),
        new(
            "a worker is far from Redis for 5 s",
            (fleet, random) => Harm(Any(fleet.Workers, random).RedisLink, new Toxic { Latency = TimeSpan.FromMilliseconds(500) })),
        new(
            "a worker is cut off from Redis for 5 s",
            (fleet, random) => Harm(Any(fleet.Workers, random).RedisLink, new Toxic { Blackhole = true }),
            Freezes: true),
        new(
            "every connection is reset",
            (fleet, _) => { fleet.Gateways.ToList().ForEach(gateway => gateway.Door.ResetPeer()); return Task.CompletedTask; }),
        new("the model fails half of the time for 5 s", async (fleet, random) =>
        {
            var faults = Enum.GetValues<ModelFault>();
            fleet.Model.Script = new ModelScript { Fault = faults[random.Next(faults.Length)], FaultRate = 0.5, StallFor = TimeSpan.FromSeconds(3) };
            await Task.Delay(Harmed);
            fleet.Model.Script = new ModelScript();
        }),
    ];

    static T Any<T>(IReadOnlyList<T> all, Random random) => all[random.Next(all.Count)];
#pragma warning restore CA5394

    static async Task Freeze(FleetProcess process)
    {
        process.Freeze();
        await Task.Delay(Frozen);
        process.Thaw();
    }

    static async Task Harm(FaultProxy link, Toxic toxic)
    {
        link.Down = toxic;
        await Task.Delay(Harmed);
        link.Clear();
    }

    void Sample(Fleet fleet)
    {
        var now = ScriptedModelServer.NowMs;
        memory.AddRange(
            fleet.Gateways.Concat(fleet.Workers).Where(process => process.Running).Select(process => (now, process.Id, process.Memory)));
    }

    /// <summary>Processes that grew after their own warm-up: those a fault replaced warm up later than the run does.</summary>
    List<string> Grown() =>
        [.. memory.GroupBy(sample => sample.Process)
            .Select(lived => lived.SkipWhile(sample => sample.AtMs < lived.First().AtMs + WarmUp.TotalMilliseconds).ToList())
            .Where(
                warm => warm.Count > 0 && warm[^1].AtMs - warm[0].AtMs >= JudgedFrom.TotalMilliseconds && warm[^1].Bytes > warm[0].Bytes * Growth)
            .Select(
                warm => string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {warm[0].Process} grew from {warm[0].Bytes >> 20} to {warm[^1].Bytes >> 20} MiB"))];

    string Memory(double begunMs)
    {
        var told = new StringBuilder("resident memory, MiB, by process and minute:");
        foreach (var lived in memory.GroupBy(sample => sample.Process))
        {
            told.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}{lived.Key}:");
            foreach (var sample in lived)
            {
                told.Append(CultureInfo.InvariantCulture, $" {(sample.AtMs - begunMs) / 60_000:0.0}={sample.Bytes >> 20}");
            }
        }

        return told.ToString();
    }

    static Task Say(string line) => TestContext.Progress.WriteLineAsync(line);

    static string Setting(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : otherwise;
}
