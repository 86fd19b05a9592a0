using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Hub;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// Single faults in the simulated world, each at the moment where it hurts; what a screen shows is checked all the while.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class DirectedFaultTests
{
    const int Tries = 20;

    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    [Test]
    public void What_was_lost_before_a_silence_is_on_screen_1500_ms_later([Range(1, Tries)] int seed)
    {
        var (storm, client) = Called(seed);
        client.Say(Speaker.Customer, "And what about");
        Assert.That(Until(storm, () => client.Screen?.OpenId is not null, seconds: 5), Is.True, "a suggestion has begun");
        storm.Bus.Loss = 1;
        var open = storm.Workers.Single(worker => worker.Model.Open.Any());
        Assert.That(Until(storm, () => !open.Model.Open.Any(), seconds: 5), Is.True, "its last words are written, and lost");
        storm.World.Advance(TimeSpan.FromMilliseconds(40));
        storm.Bus.Loss = 0;
        var healed = storm.World.Now;
        Assert.That(Until(storm, () => Answered(client), seconds: 5), Is.True, "it is shown whole");
        Assert.That(TimeSpan.FromTicks(storm.World.Now - healed), Is.LessThanOrEqualTo(TimeSpan.FromSeconds(1.5)));
    }

    [Test]
    public void A_worker_that_was_frozen_while_another_took_its_call_shows_nothing_when_thawed([Range(1, Tries)] int seed)
    {
        var (storm, client) = Called(seed);
        client.Say(Speaker.Customer, "And what about");
        Assert.That(Until(storm, () => client.Screen?.OpenId is not null, seconds: 5), Is.True, "a suggestion has begun");
        var frozen = storm.Workers.Single(worker => worker.Model.Open.Any());
        frozen.Process.Freeze();
        Assert.That(Until(storm, () => Answered(client), seconds: 10), Is.True, "another worker answers");
        client.Say(Speaker.Customer, "Could you tell me more on");
        Assert.That(Until(storm, () => client.Screen?.OpenId is not null, seconds: 5), Is.True, "and the next question too");
        frozen.Process.Thaw();
        storm.Pass(TimeSpan.FromSeconds(5));
        Assert.Multiple(() =>
        {
            Assert.That(storm.World.Broken, Is.Null);
            Assert.That(client.Screen?.Completed, Has.Count.EqualTo(2).And.None.Contains($"for {frozen.Process.Name}:"));
            Assert.That(frozen.Calls, Is.Empty, "the thawed worker gave the call up");
        });
    }

    [Test]
    public void A_store_that_loses_its_data_while_the_owner_lives_loses_nothing([Range(1, Tries)] int seed)
    {
        var (storm, client) = Called(seed);
        Ask(storm, client);
        Ask(storm, client);
        storm.Store.Flush();
        storm.Pass(TimeSpan.FromSeconds(4));
        Ask(storm, client);
        var kept = storm.Store.Peek(client.CallId!)?.Entries.OfType<SegmentHeard>().Select(heard => heard.Segment.SegmentId);
        Assert.Multiple(() =>
        {
            Assert.That(storm.World.Broken, Is.Null);
            Assert.That(client.Acknowledged.Count(), Is.EqualTo(3));
            Assert.That(kept, Is.SupersetOf(client.Acknowledged));
        });
    }

    [Test]
    public void A_store_that_loses_its_data_and_is_back_before_the_bus_loses_nothing([Range(1, Tries)] int seed)
    {
        var (storm, client) = Called(seed);
        Ask(storm, client);
        storm.Store.Flush();
        storm.Bus.Away = true;
        client.Say(Speaker.Customer, "And what about");
        storm.Pass(TimeSpan.FromMilliseconds(500));
        storm.Bus.Away = false;
        Assert.That(Until(storm, () => client.Acknowledged.Count() == 2, seconds: 5), Is.True, storm.World.Broken ?? "all words are kept");
        var kept = storm.Store.Peek(client.CallId!)?.Entries.OfType<SegmentHeard>().Select(heard => heard.Segment.SegmentId);
        Assert.That(kept, Is.SupersetOf(client.Acknowledged));
    }

    [Test]
    public void A_store_that_loses_its_data_while_a_call_is_started_delays_the_start([Range(1, Tries)] int seed)
    {
        var (storm, client) = Called(seed);
        client.End();
        Assert.That(Until(storm, () => client.CallId is null, seconds: 5), Is.True, "the call is over");
        Assert.That(Until(storm, FlushUnlessStarted, seconds: 5), Is.True, storm.World.Broken ?? "the next is started");

        bool FlushUnlessStarted()
        {
            storm.Store.Flush();
            return client.Attached;
        }
    }

    [Test]
    public void A_pause_holds_and_the_call_can_be_ended_when_its_record_is_full([Range(1, Tries)] int seed)
    {
        var (storm, client) = Called(seed);
        Ask(storm, client);
        storm.Store.Full = true;
        Assert.That(RefusalOf(storm, client, hub => hub.Pause()), Is.Null);
        client.Say(Speaker.Customer, "And what about");
        storm.Pass(TimeSpan.FromSeconds(1));
        Assert.That(storm.World.Broken, Is.Null, "the words are refused as off the record");
        client.End();
        Assert.That(Until(storm, () => client.CallId is null, seconds: 5), Is.True, "the call is over");
    }

    static string? RefusalOf(Storm storm, SimulatedClient client, Func<CallHub, Task> method)
    {
        string? refusal = null;
        client.Current!.Invoke(async hub => { await method(hub); return true; }, _ => { }, problem => refusal = problem);
        storm.Pass(TimeSpan.FromSeconds(1));
        return refusal;
    }

    static (Storm Storm, SimulatedClient Client) Called(int seed)
    {
        var storm = new Storm(seed, calls: 1);
        return (storm, storm.Clients[0]);
    }

    static void Ask(Storm storm, SimulatedClient client)
    {
        client.Say(Speaker.Customer, "And what about");
        Assert.That(Until(storm, () => Answered(client), seconds: 8), Is.True, "an answer");
    }

    static bool Answered(SimulatedClient client) =>
        client.Screen?.Completed.Any(text => text.StartsWith($"On {client.LastQuestion} ", StringComparison.Ordinal)) == true;

    static bool Until(Storm storm, Func<bool> there, int seconds)
    {
        var until = storm.World.Now + TimeSpan.FromSeconds(seconds).Ticks;
        while (!there() && storm.World.Now < until && storm.World.Broken is null)
        {
            storm.World.Advance(Step);
        }

        return there() && storm.World.Broken is null;
    }
}
