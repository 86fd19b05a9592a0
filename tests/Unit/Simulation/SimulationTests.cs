using System.Globalization;
using System.Text.RegularExpressions;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// Thousands of runs of calls, gateways, workers, bus and store on a clock of their own, each with the faults its seed draws. A failing
/// seed prints itself and what happened; <c>SIMULATION_SEED</c> runs that one alone, <c>SIMULATION_SEEDS</c> sets how many are tried.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class SimulationTests
{
    const int Steps = 200;
    const int Ranges = 4;

    static readonly int Seeds = Setting("SIMULATION_SEEDS") ?? 1000;

    static IEnumerable<int> Range() => Setting("SIMULATION_SEED") is null ? Enumerable.Range(0, Ranges) : [0];

    [TestCaseSource(nameof(Range))]
    public void Whatever_breaks_and_when_every_promise_to_the_client_is_kept(int range)
    {
        var seeds = Setting("SIMULATION_SEED") is { } only ? [only] : Enumerable.Range(0, Seeds).Where(seed => seed % Ranges == range);
        var failures = new List<string>();
        var (adopted, discarded, shown) = (0L, 0L, 0L);
        foreach (var seed in seeds)
        {
            var storm = new Storm(
                seed, calls: 2 + (seed % 2), workersAtStart: 2 + (seed / 2 % 2), rehearsals: seed % 3 == 0 ? 1 + (seed / 6 % 2) : 0);
            try
            {
                storm.Run(Steps);
            }
#pragma warning disable CA1031 // Names the seed.
            catch (Exception error)
#pragma warning restore CA1031
            {
                storm.World.Break(error.ToString());
            }

            var ahead = storm.Ahead;
            (adopted, discarded, shown) = (adopted + ahead.Adopted, discarded + ahead.Discarded, shown + ahead.Shown);
            if (storm.World.Broken is { } broken)
            {
                failures.Add(
                    $"Seed {seed}: {broken}{(failures.Count < 2 ? Environment.NewLine + string.Join(Environment.NewLine, storm.World.Trace) : "")}");
            }
        }

        TestContext.Out.WriteLine($"Answers ahead of a turn's end: {adopted} adopted, {discarded} discarded, {shown} shown.");
        Assert.That(failures, Is.Empty, string.Join(Environment.NewLine, failures.Take(20)));
        if (Setting("SIMULATION_SEED") is null)
        {
            Assert.That(new[] { adopted, discarded, shown }, Is.All.GreaterThan(0), "adopted, discarded, shown as tentative");
        }
    }

    [TestCase(7)]
    [TestCase(92)]
    public void The_same_seed_is_the_same_run(int seed)
    {
        var first = Run(seed);
        Assert.That(Run(seed), Is.EqualTo(first));
    }

    /// <summary>
    /// A run in short. What was drawn and planned by its end tells of all that happened in it; suggestions are named anew in each.
    /// </summary>
    static (string Trace, long Planned, int Drawn) Run(int seed)
    {
        var storm = new Storm(seed);
        storm.Run(Steps);
        return (
            Regex.Replace(string.Join('\n', storm.World.Trace), "s-[0-9a-f]{32}", "s", RegexOptions.None, TimeSpan.FromSeconds(1)),
            storm.World.Planned,
            storm.World.Random.Next());
    }

    static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
