using Teleprompter.Gateway.Calls;

namespace Teleprompter.Tests.Unit.Gateway.Calls;

public sealed class MaintenanceTests
{
    static readonly MaintenanceFacts Well = new(
        Ended: false, Stalled: default, Behind: false, Waiting: default, AtBoundary: true, OwnerGone: false, UnheldFor: default,
        OwnerDrainingFor: null);

    [Test]
    public void A_call_that_is_well_needs_nothing() => Assert.That(Maintenance.Decide(Well), Is.EqualTo(MaintenanceStep.None));

    [Test]
    public void A_call_whose_owner_is_gone_gets_another() =>
        Assert.That(Maintenance.Decide(Well with { OwnerGone = true, AtBoundary = false }), Is.EqualTo(MaintenanceStep.Move));

    [Test]
    public void A_call_that_its_owner_never_names_is_checked_in_the_store()
    {
        Assert.That(Maintenance.Decide(Well with { UnheldFor = TimeSpan.FromSeconds(2.9) }), Is.EqualTo(MaintenanceStep.None));
        Assert.That(Maintenance.Decide(Well with { UnheldFor = TimeSpan.FromSeconds(3) }), Is.EqualTo(MaintenanceStep.Recheck));
    }

    [Test]
    public void A_draining_owner_keeps_a_call_until_its_suggestion_is_finished()
    {
        var drained = Well with { OwnerDrainingFor = TimeSpan.Zero };

        Assert.That(Maintenance.Decide(drained with { AtBoundary = false }), Is.EqualTo(MaintenanceStep.None));
        Assert.That(Maintenance.Decide(drained), Is.EqualTo(MaintenanceStep.Move));
    }

    [Test]
    public void A_suggestion_that_does_not_finish_does_not_keep_a_draining_owner_for_ever() => Assert.That(
        Maintenance.Decide(Well with { OwnerDrainingFor = Maintenance.BoundaryWithin, AtBoundary = false }),
        Is.EqualTo(MaintenanceStep.Move));

    [Test]
    public void Nobody_writes_for_a_connection_that_does_not_read_and_in_the_end_it_is_closed()
    {
        Assert.That(Maintenance.Decide(Well with { Stalled = TimeSpan.FromSeconds(2.4) }), Is.EqualTo(MaintenanceStep.None));
        Assert.That(Maintenance.Decide(Well with { Stalled = TimeSpan.FromSeconds(2.5) }), Is.EqualTo(MaintenanceStep.FallBehind));
        Assert.That(Maintenance.Decide(Well with { Stalled = TimeSpan.FromSeconds(2.6), Behind = true }), Is.EqualTo(MaintenanceStep.None));
        Assert.That(
            Maintenance.Decide(Well with { Stalled = TimeSpan.FromSeconds(10), Behind = true, Ended = true }),
            Is.EqualTo(MaintenanceStep.Close));
    }

    [Test]
    public void A_snapshot_that_does_not_come_is_asked_for_again() =>
        Assert.That(Maintenance.Decide(Well with { Waiting = TimeSpan.FromSeconds(1) }), Is.EqualTo(MaintenanceStep.AskAgain));

    [Test]
    public void A_call_that_is_over_for_its_connection_is_left_alone() =>
        Assert.That(Maintenance.Decide(Well with { Ended = true, OwnerGone = true }), Is.EqualTo(MaintenanceStep.None));
}
