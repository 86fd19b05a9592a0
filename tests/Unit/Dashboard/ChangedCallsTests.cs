using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Dashboard;

public sealed class ChangedCallsTests
{
    readonly ManualTimeProvider time = new();

    [Test]
    public void A_call_is_published_when_it_changed_or_after_a_while_and_again_for_who_watches_anew()
    {
        var changed = new ChangedCalls(time);
        var call = new CallObserver("c", epoch: 1, new RecordedOutput(), new WorkerLedger(time) { WorkerId = "w" }, time);
        call.Begin(new StoredCall(new CallRecord("c", "hash", null, time.GetUtcNow(), CallBrief.Empty, null), Ownership: null, []));

        Assert.That(changed.Of([call], whole: false), Has.Count.EqualTo(1));
        Assert.That(changed.Of([call], whole: false), Is.Empty, "it is as it was published");
        Assert.That(changed.Of([call], whole: true), Has.Count.EqualTo(1));

        call.Record(new SpeakersSwapped(Swapped: true, AtMs: 1));
        Assert.That(changed.Of([call], whole: false), Has.Count.EqualTo(1), "it has changed");

        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(changed.Of([call], whole: false), Has.Count.EqualTo(1), "a message may have been lost");

        changed.Clear();
        Assert.That(changed.Of([call], whole: false), Has.Count.EqualTo(1));
    }
}
