using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Worker;

public sealed class WorkerLeaseTests
{
    readonly ManualTimeProvider time = new();

    [Test]
    public void It_runs_out_before_the_gateways_give_the_calls_away()
    {
        var lease = new WorkerLease(time);
        time.Advance(WorkerLease.Length);

        Assert.That(lease.Held, Is.False);
        Assert.That(WorkerLease.Length, Is.LessThan(Teleprompter.Bus.WorkerHeartbeat.Timeout));
    }

    [Test]
    public void It_lasts_from_when_the_confirmed_heartbeat_was_sent_not_from_when_it_came_back()
    {
        var lease = new WorkerLease(time);
        var sentAt = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(lease.Confirm(sentAt), Is.False, "what comes back after a freeze was sent before it");
        Assert.That(lease.Held, Is.False);
        Assert.That(lease.Confirm(time.GetTimestamp()), Is.True);
        Assert.That(lease.Held, Is.True);
    }
}
