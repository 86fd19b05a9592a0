using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>The team lead's view of a real fleet, and what it costs where nobody looks.</summary>
public sealed class LeadTests : FaultTest
{
    [Test]
    public async Task The_view_is_the_same_by_whichever_gateway_it_comes_and_survives_the_gateway_s_restart()
    {
        Fleet.Model.Script = Fast;
        var clients = await Fleet.Connect(4);
        await using var first = await LeadViewer.Watch(Fleet.Gateways[0].Address);
        await Fleet.EveryCallAnswers(Patience);
        await Task.WhenAll(clients.Select(client => client.Hush()));

        // Begins to watch when all is over: what it sees of the past is what the workers kept.
        await using var second = await LeadViewer.Watch(Fleet.Gateways[1].Address);
        await Poll.Until(
            () => first.Hour.Answered.Model >= 4 && Same(first, second) && Own(second).Count(call => call is { Shown: > 0 }) == 4,
            Patience,
            "both gateways say the same");
        Assert.That(Own(second).Select(call => call.CallId), Is.EquivalentTo(Own(first).Select(call => call.CallId)));

        var before = first.Hour.Answered.Model;
        await Fleet.Gateways[0].Kill();
        await Fleet.Gateways[0].Start();
        await using var again = await LeadViewer.Watch(Fleet.Gateways[0].Address);
        await Poll.Until(() => again.Hour.Answered.Model >= before && Same(again, second), Patience, "the restarted gateway says the same");
    }

    [Test]
    public async Task A_killed_worker_is_seen_and_its_past_is_told_to_who_begins_to_watch_later()
    {
        Fleet.Model.Script = Fast;
        await Fleet.Connect(4);
        await using var lead = await LeadViewer.Watch(Fleet.Gateways[0].Address);
        await Fleet.EveryCallAnswers(Patience);
        await Poll.Until(
            () => lead.View.Workers.Count(worker => !worker.Gone) == 3 && Own(lead).Count() == 4,
            Patience,
            "three workers and four calls are seen");
        var (worker, _) = await Fleet.Busiest();
        var workerId = worker.WorkerId;

        await worker.Kill();
        Tell(
            "seen after",
            [
                (await Poll.Until(() => lead.View.Workers.Single(seen => seen.WorkerId == workerId).Gone, Patience, "its end is seen"))
                    .TotalMilliseconds,
            ]);
        await Poll.Until(() => Own(lead).All(call => call.WorkerId != workerId), Patience, "its calls are others'");
        await lead.DisposeAsync();
        var left = Now;
        await Poll.Until(() => Now - left > 1000, Patience, "the page is loaded again");
        await using var reloaded = await LeadViewer.Watch(Fleet.Gateways[0].Address);
        Assert.That(reloaded.View.Workers.Single(seen => seen.WorkerId == workerId).Gone, "the only one who watches sees it after a reload");
        await using var later = await LeadViewer.Watch(Fleet.Gateways[1].Address);
        await Poll.Until(() => Same(reloaded, later), Patience, "the later one knows the past of the killed worker");
    }

    [Test]
    public async Task Nothing_is_published_while_nobody_watches()
    {
        Fleet.Model.Script = Fast;
        await using var peer = await RedisPeer.Start(Fleet.Redis);
        await using var workers = await peer.Bus.Subscribe(DashboardChannels.Workers);
        await using var gateways = await peer.Bus.Subscribe(DashboardChannels.Gateways);
        var (fed, pulses) = (0, 0);
        _ = Count(workers, () => fed++);
        _ = Count(gateways, () => pulses++);
        await Quiet(() => (fed, pulses));
        await Fleet.Connect(2);

        (fed, pulses) = (0, 0);
        await Fleet.EveryCallAnswers(Patience);
        Assert.That((fed, pulses), Is.EqualTo((0, 0)));

        await using (await LeadViewer.Watch(Fleet.Gateways[0].Address))
        {
            await Poll.Until(() => fed > 0 && pulses > 1, Patience, "somebody watches");
        }

        await Quiet(() => (fed, pulses));
    }

    [Test]
    public async Task A_lead_sees_a_call_as_its_rep_does_whoever_holds_it()
    {
        Fleet.Model.Script = Fast;
        var client = (await Fleet.Connect(1))[0];
        await Fleet.EveryCallAnswers(Patience);
        await using var lead = await LeadViewer.Watch(Fleet.Gateways[1].Address);
        using var patience = new CancellationTokenSource(Patience);
        var seen = new List<CallEvent>();
        var records = new List<TurnRecord>();

        await foreach (var sight in lead.WatchCall(client.Ticket!.CallId, patience.Token))
        {
            seen.AddRange(sight.Event is { } shown ? [shown] : []);
            records.AddRange(sight.Records ?? []);
            if (seen is [Restored])
            {
                _ = client.Answered(Patience);
            }

            if (seen.OfType<TurnSettled>().Any(settled => settled.Outcome == TurnOutcome.Suggested))
            {
                break;
            }
        }

        Assert.That(seen[0], Is.InstanceOf<Restored>());
        Assert.That(seen.Select(callEvent => callEvent.Number), Is.EqualTo(Enumerable.Range(1, seen.Count).Select(number => (long)number)));
        Assert.That(seen.OfType<SuggestionDelta>(), Is.Not.Empty);
        Assert.That(records, Has.Some.Matches<TurnRecord>(record => record is { Outcome: TurnOutcome.Suggested, Latency: not null }));
    }

    /// <summary>The calls of this test: one whose end got lost in another test is listed for minutes.</summary>
    IEnumerable<LiveCallView> Own(LeadViewer viewer) =>
        viewer.Calls.Where(call => Fleet.Clients.Any(client => client.Ticket!.CallId == call.CallId));

    static bool Same(LeadViewer a, LeadViewer b) =>
        a.Hour.Answered == b.Hour.Answered && a.Hour.FirstWords == b.Hour.FirstWords && a.Hour.Stages == b.Hour.Stages
        && a.View.Workers.Select(worker => worker.WorkerId).Order(StringComparer.Ordinal)
            .SequenceEqual(b.View.Workers.Select(worker => worker.WorkerId).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Until a second brought nothing, or longer where others slow down who publishes: what watched before has lapsed.</summary>
    static async Task Quiet(Func<(int Fed, int Pulses)> counts)
    {
        var (last, since) = (counts(), Now);
        await Poll.Until(
            () =>
            {
                if (counts() != last)
                {
                    (last, since) = (counts(), Now);
                }

                return Now - since > OtherLoad.Lengthen(1000, since);
            },
            Patience,
            "nothing is published");
    }

    static async Task Count<T>(IBusSubscription<T> messages, Action count)
    {
        await foreach (var _ in messages)
        {
            count();
        }
    }
}
