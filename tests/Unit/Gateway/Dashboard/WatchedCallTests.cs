using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Dashboard;

namespace Teleprompter.Tests.Unit.Gateway.Dashboard;

public sealed class WatchedCallTests
{
    readonly WatchedCall call = new();

    [Test]
    public void A_record_that_was_lost_on_its_way_is_known_to_be_missing_until_all_are_told_again()
    {
        Take(Snapshot(epoch: 1, revision: 4));
        Take(Record(5));
        Assert.That(call.Records, Is.EqualTo(5));

        Take(Record(7));
        Assert.That(call.Records, Is.EqualTo(5), "6 was lost");

        Take(Snapshot(epoch: 1, revision: 7));
        Assert.That(call.Records, Is.EqualTo(7));
    }

    [Test]
    public void Records_of_the_next_owner_are_counted_anew_and_those_of_the_former_no_more()
    {
        Take(Snapshot(epoch: 1, revision: 4));
        Take(Snapshot(epoch: 2, revision: 1));
        Take(Snapshot(epoch: 1, revision: 4));

        Assert.That(call.Records, Is.EqualTo(1));
    }

    [Test]
    public void Records_that_are_told_again_do_not_show_the_call_anew()
    {
        var first = Take(Snapshot(epoch: 1, revision: 1));
        var again = Take(Snapshot(epoch: 1, revision: 1));

        Assert.That(first.Select(sight => sight.Event is Restored), Is.EqualTo(new[] { true, false }));
        Assert.That(again.Single().Event, Is.Null);
    }

    List<CallSight> Take(CallSightings told) => [.. call.Receive(told)];

    static CallSightings Record(long revision) => new(Snapshot: null, [NewRecord], revision);

    static CallSightings Snapshot(long epoch, long revision)
    {
        var status = new CallStatus(ModelState.None, StorageState.Ready, false, false, false, Hearing.Both);
        return new(new FromWorker(epoch, Seq: 0, new Restored([], null, [], null, CallBrief.Empty, status, 0)), [NewRecord], revision);
    }

    static TurnRecord NewRecord { get; } = new(
        "s", "t", 0, 0, TurnOutcome.Suggested, SettleReason.ByModel, null, "s", SuggestionSource.Model, 350, null, null, null, false, null,
        "w", 1);
}
