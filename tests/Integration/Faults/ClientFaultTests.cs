using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What happens when the way to a rep is bad, when all come back at once, and when one stops reading.</summary>
public sealed class ClientFaultTests : FaultTest
{
    // Real connections are harmed for a while: it is the time in which the clients talk over them, before and after one is cut.
    static readonly TimeSpan TalkedBefore = TimeSpan.FromSeconds(3);
    static readonly TimeSpan TalkedAfter = TimeSpan.FromSeconds(4);

    // Below the 25 messages a second that a gateway accepts of a connection.
    static readonly TimeSpan BetweenFinals = TimeSpan.FromMilliseconds(45);

    static readonly Toxic[] Harms =
    [
        new() { Latency = TimeSpan.FromMilliseconds(300), Jitter = TimeSpan.FromMilliseconds(200) },
        new() { Bandwidth = 8 * 1024 },
        new() { Slicer = 1 },
        new() { LimitData = 6_000 },
        new() { Timeout = 15_001, Slicer = 7 },
        new() { SlowClose = TimeSpan.FromSeconds(2), LimitData = 20_000 },
    ];

    [Test]
    public async Task Bad_connections_lose_and_double_nothing()
    {
        Fleet.Model.Script = Fast;
        await using var proxies = new Proxies([.. Harms.Select(harm => new FaultProxy(Fleet.Gateways[0].Address.Port) { Down = harm })]);
        var clients = await Task.WhenAll(proxies.All.Select(proxy => Fleet.ConnectTo([new Uri($"http://127.0.0.1:{proxy.Port}")])));
        clients.ToList().ForEach(client => client.Talk(TimeSpan.FromSeconds(1.5)));

        await Task.Delay(TalkedBefore);
        proxies.All[0].ResetPeer();
        await Task.Delay(TalkedAfter);
        await Poll.Until(() => clients[3].Sightings.OfType<Opened>().Count() > 1, Patience, "the connection with a limit is cut");
        await Task.WhenAll(clients.Select(client => client.Hush()));
        proxies.All.ToList().ForEach(proxy => proxy.Clear());

        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task Two_hundred_clients_cut_at_once_all_come_back_to_their_calls()
    {
        Fleet.Model.Script = Fast;
        var clients = await Fleet.Connect(200);

        var cut = Now;
        Fleet.Gateways.ToList().ForEach(gateway => gateway.Door.ResetPeer());

        var back = await Back(clients, cut, Patience);
        Tell("back after 200 connections were cut at once", back);
        AssertWithin(5000, P95(back), cut);
        await Task.WhenAll(clients.Take(20).Select(client => client.Answered(Patience)));
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task A_client_that_stops_reading_costs_no_stream_for_long_and_disturbs_nobody()
    {
        Fleet.Model.Script = Fast;
        var talker = (await Fleet.Connect(1))[0];
        var others = await Fleet.Connect(4);
        await Fleet.EveryCallAnswers(Patience);
        for (var i = 0; i < 100; i++)
        {
            talker.Say(new string('x', 1900), Speaker.Rep);
            await Task.Delay(BetweenFinals);
        }

        await Poll.Until(() => talker.Said.All(final => final.AcknowledgedMs is not null), Patience, "all is said");
        Fleet.Model.Script = Fleet.Slow with { TokenPace = TimeSpan.FromMilliseconds(300) };

        using var silent = await SilentReader.Start(Fleet.Gateways[1].Address, talker.Ticket!, lastNumber: 0);
        await silent.Invoke(
            "SendTranscript",
            $$"""{"segmentId":"{{talker.Name}}-silent","speaker":"customer","text":"Can you give us a discount, number #{{talker.Number}}9999?","final":true}""");
        var stream = (
            await Fleet.Model.Requests.Until(
                requests => requests.Any(request => request.Marker == (talker.Number * 10_000) + 9999), Patience))[^1];
        var stopped = Now;
        for (var i = 0; i < 30; i++)
        {
            await silent.Invoke("Resync");
        }

        var requests = await Fleet.Model.Requests.Until(all => all[stream.Number - 1].End != RequestEnd.Open, Patience);
        var cancelled = requests[stream.Number - 1];
        Tell("until the stream nobody reads was cancelled", [cancelled.EndedMs!.Value - stopped]);
        Assert.That(cancelled.End, Is.EqualTo(RequestEnd.Aborted));
        Assert.That(cancelled.EndedMs!.Value - stopped, Is.GreaterThan(2000));
        AssertWithin(4500, cancelled.EndedMs!.Value - stopped, stopped);
        Fleet.Model.Script = Fast;
        var asked = Now;
        await Task.WhenAll(others.Select(other => other.Answered(Patience)));
        AssertWithin(4000, Now - asked, asked);
        await silent.UntilClosed(Patience);
        Tell("until the connection was closed", [silent.ClosedMs!.Value - stopped]);
        Assert.That(silent.ClosedMs!.Value - stopped, Is.GreaterThan(9_000));
        AssertWithin(12_500, silent.ClosedMs!.Value - stopped, stopped);
        await Fleet.AssertNothingBroke();
    }

    sealed class Proxies(IReadOnlyList<FaultProxy> all) : IAsyncDisposable
    {
        public IReadOnlyList<FaultProxy> All => all;

        public async ValueTask DisposeAsync()
        {
            foreach (var proxy in all)
            {
                await proxy.DisposeAsync();
            }
        }
    }
}
