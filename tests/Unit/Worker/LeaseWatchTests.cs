using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Worker;

public sealed class LeaseWatchTests
{
    readonly ManualTimeProvider time = new();
    readonly List<CallInput> told = [];

    [Test]
    public void Calls_are_told_once_that_the_lease_is_lost_and_once_that_it_is_held_again()
    {
        var watch = new LeaseWatch(new WorkerLease(time), told.Add);
        Assert.That(watch.HasRunOut(), Is.False);

        time.Advance(WorkerLease.Length);
        Assert.That((watch.HasRunOut(), watch.HasRunOut()), Is.EqualTo((true, false)));

        var now = time.GetTimestamp();
        Assert.That((watch.Confirm(now), watch.Confirm(now)), Is.EqualTo((true, false)));

        time.Advance(WorkerLease.Length);
        Assert.That(watch.HasRunOut(), Is.True, "it can be lost again");
        Assert.That(told, Is.EqualTo(new CallInput[] { new LeaseLost(), new RecheckWanted(), new LeaseLost() }));
    }
}
