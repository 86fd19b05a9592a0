using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A test on the shared fleet, which is whole again afterwards whatever happened.</summary>
[NonParallelizable]
public abstract class FaultTest
{
    /// <summary>How long anything is waited for; times that are promised are judged by what was recorded.</summary>
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A whole answer within a second and a half.</summary>
    private protected static readonly ModelScript Fast = new() { Numbered = true };

    private protected Fleet Fleet { get; private set; } = null!;

    private protected static double Now => ScriptedModelServer.NowMs;

    [SetUp]
    public async Task Prepare() => Fleet = await TheFleet();

    [TearDown]
    public async Task Repair()
    {
        if (Fleet is null)
        {
            // It did not start, which is what the test reports.
            return;
        }

        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            await Fleet.TellLogs();
        }

        await Fleet.Mend();
    }

    private protected virtual Task<Fleet> TheFleet() => SharedFleet.Get();

    /// <summary>Calls in the middle of a suggestion, each with words of it on the screen.</summary>
    private protected async Task<IReadOnlyList<FaultClient>> CallsMidSuggestion(int count)
    {
        Fleet.Model.Script = Fast;
        var clients = await Fleet.Connect(count);
        await Fleet.EveryCallAnswers(Patience);
        Fleet.Model.Script = Fleet.Slow;
        var asked = Now;
        clients.ToList().ForEach(client => client.Ask());
        await Task.WhenAll(clients.Select(client => client.Until<SuggestionDelta>(_ => true, asked, Patience, "the suggestion begins")));
        return clients;
    }

    /// <summary>When the next words came on the screen that are not of a suggestion begun before a fault.</summary>
    private protected static async Task<double> NextWords(FaultClient client, double faultMs, TimeSpan within)
    {
        var before = client.Sightings.OfType<Saw>().Where(saw => saw.AtMs < faultMs).Select(saw => saw.Event).OfType<SuggestionStarted>()
            .Select(started => started.SuggestionId).ToHashSet(StringComparer.Ordinal);
        return await client.Until<SuggestionDelta>(
            delta => !before.Contains(delta.SuggestionId), faultMs, within, "words of a new suggestion") - faultMs;
    }

    /// <summary>How long after a fault clients were in their calls again.</summary>
    private protected static async Task<double[]> Back(IEnumerable<FaultClient> clients, double faultMs, TimeSpan within) =>
        await Task.WhenAll(clients.Select(async client =>
        {
            double? at = null;
            await Redis.Poll.Until(
                () => (
                    at = client.Sightings.OfType<Opened>().FirstOrDefault(
                        opened => opened.AtMs > faultMs)?.AtMs) is not null, within, $"{client.Name} is back; it saw {client.Tail()}");
            return at!.Value - faultMs;
        }));

    /// <summary>Asserts that a promised time was kept, as far as others left the machine to the test.</summary>
    private protected static void AssertWithin(double promisedMs, double tookMs, double sinceMs)
    {
        var slowdown = OtherLoad.Slowdown(sinceMs);
        TestContext.Out.WriteLine(
            FormattableString.Invariant($"promised {promisedMs:0} ms, took {tookMs:0} ms; others slow it down {slowdown:0.0} times"));
        Assert.That(tookMs, Is.LessThan(promisedMs * slowdown));
    }

    private protected static double P95(IReadOnlyList<double> values) =>
        values.Order().ElementAt((int)Math.Ceiling(values.Count * 0.95) - 1);

    private protected static void Tell(string what, IReadOnlyList<double> milliseconds) => TestContext.Out.WriteLine(
        FormattableString.Invariant(
            $"{what}: median {milliseconds.Order().ElementAt(milliseconds.Count / 2):0} ms, p95 {P95(milliseconds):0} ms, longest ")
            + FormattableString.Invariant($"{milliseconds.Max():0} ms of {milliseconds.Count}"));
}
