using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What reps see when a process is asked to leave.</summary>
public sealed class DrainTests : FaultTest
{
    // A gap without service shows only while it is watched for.
    static readonly TimeSpan WatchedAfter = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_worker_asked_to_leave_hands_its_calls_over_unnoticed()
    {
        var clients = await Talking(20);
        var (worker, its) = await Fleet.Busiest();

        var asked = Now;
        worker.Terminate();
        var exit = await worker.Exit(Patience);
        var took = Now - asked;
        await Task.Delay(WatchedAfter);

        var gaps = its.Select(client => LongestWithoutService(client, asked)).ToList();
        Tell($"without service while the worker left in {took:0} ms", gaps);
        Assert.That(exit, Is.Zero);
        AssertWithin(1000, gaps.Max(), asked);
        Assert.That(clients.Select(client => client.Connected), Is.All.True);
        await Task.WhenAll(clients.Select(client => client.Hush()));
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task A_worker_asked_twice_leaves_at_once_and_its_calls_go_on()
    {
        await CallsMidSuggestion(10);
        var (worker, its) = await Fleet.Busiest();

        var asked = Now;
        var logged = worker.Log.Count;
        worker.Terminate();
        await Poll.Until(
            () => worker.Log.Skip(logged).Any(line => line.Contains("Draining", StringComparison.Ordinal)),
            Patience,
            "the first signal is handled");
        var askedAgain = Now;
        worker.Terminate();
        var exit = await worker.Exit(Patience);

        Assert.That(exit, Is.Zero);
        AssertWithin(5000, Now - askedAgain, askedAgain);
        var recovered = await Task.WhenAll(its.Select(client => NextWords(client, asked, Patience)));
        Tell("next words after the second SIGTERM", recovered);
        Fleet.Model.Script = Fast;
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task A_gateway_asked_to_leave_lets_its_clients_go_one_by_one_and_none_loses_anything()
    {
        var clients = await Talking(20);
        var its = clients.Where((_, i) => i % 2 == 0).ToList();

        var asked = Now;
        Fleet.Gateways[0].Terminate();
        var exit = await Fleet.Gateways[0].Exit(Patience);
        var back = await Back(its, asked, Patience);

        Assert.That(exit, Is.Zero);
        var away = its.Select(client => TimeAway(client, asked)).ToList();
        Tell("away while the gateway left", away);
        AssertWithin(1500, P95(away), asked);
        Assert.That(back.Max() - back.Min(), Is.GreaterThan(300), "All left at once.");
        await Task.WhenAll(clients.Select(client => client.Hush()));
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    async Task<IReadOnlyList<FaultClient>> Talking(int count)
    {
        Fleet.Model.Script = Fast;
        var clients = await Fleet.Connect(count);
        await Fleet.EveryCallAnswers(Patience);
        clients.ToList().ForEach(client => client.Talk(TimeSpan.FromSeconds(1)));
        return clients;
    }

    /// <summary>The longest that words said after a moment took to come back to the screen.</summary>
    static double LongestWithoutService(FaultClient client, double sinceMs)
    {
        var shown = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var saw in client.Sightings.OfType<Saw>())
        {
            IEnumerable<string> ids = saw.Event switch
            {
                TranscriptUpdated heard => [heard.SegmentId],
                Restored restored => restored.Segments.Select(segment => segment.SegmentId),
                _ => [],
            };
            ids.ToList().ForEach(id => shown.TryAdd(id, saw.AtMs));
        }

        return client.Said.Where(final => final.AtMs > sinceMs)
            .Select(final => shown.GetValueOrDefault(final.Segment.SegmentId, Now) - final.AtMs).DefaultIfEmpty(0).Max();
    }

    static double TimeAway(FaultClient client, double sinceMs)
    {
        var closed = client.Sightings.OfType<Closed>().First(sighting => sighting.AtMs > sinceMs);
        return client.Sightings.OfType<Opened>().First(sighting => sighting.AtMs > closed.AtMs).AtMs - closed.AtMs;
    }
}
