using Teleprompter.Bus;

namespace Teleprompter.Tests.Unit.Bus;

public sealed class SequenceFollowerTests
{
    readonly SequenceFollower sequence = new(epoch: 7);

    [Test]
    public void Nothing_is_next_before_a_snapshot_names_the_position()
    {
        Assert.That(sequence.Follow(7, 1), Is.EqualTo(SequenceStep.AwaitingSnapshot));
        sequence.Restart(4);
        Assert.That(sequence.Follow(7, 5), Is.EqualTo(SequenceStep.Next));
        Assert.That(sequence.Follow(7, 6), Is.EqualTo(SequenceStep.Next));
    }

    [Test]
    public void A_message_that_came_before_is_repeated()
    {
        sequence.Restart(4);
        Assert.That(sequence.Follow(7, 4), Is.EqualTo(SequenceStep.Repeated));
        Assert.That(sequence.Follow(7, 5), Is.EqualTo(SequenceStep.Next));
        Assert.That(sequence.Follow(7, 5), Is.EqualTo(SequenceStep.Repeated));
    }

    [Test]
    public void After_a_gap_nothing_is_next_until_a_snapshot()
    {
        sequence.Restart(4);
        Assert.That(sequence.Follow(7, 6), Is.EqualTo(SequenceStep.Gap));
        Assert.That(sequence.Follow(7, 7), Is.EqualTo(SequenceStep.AwaitingSnapshot));
        sequence.Restart(7);
        Assert.That(sequence.Follow(7, 8), Is.EqualTo(SequenceStep.Next));
    }

    [Test]
    public void A_newer_epoch_needs_a_snapshot_and_an_older_one_counts_no_more()
    {
        sequence.Restart(4);
        Assert.That(sequence.Follow(6, 5), Is.EqualTo(SequenceStep.OldEpoch));
        Assert.That(sequence.Follow(8, 1), Is.EqualTo(SequenceStep.AwaitingSnapshot));
        Assert.That(sequence.Follow(7, 5), Is.EqualTo(SequenceStep.OldEpoch));
        sequence.Restart(1);
        Assert.That(sequence.Follow(8, 2), Is.EqualTo(SequenceStep.Next));
    }

    [Test]
    public void Moving_to_a_known_epoch_changes_nothing()
    {
        sequence.Restart(4);
        Assert.That(sequence.MoveTo(7), Is.False);
        Assert.That(sequence.Follow(7, 5), Is.EqualTo(SequenceStep.Next));
        Assert.That(sequence.MoveTo(8), Is.True);
        Assert.That(sequence.AwaitingSnapshot, Is.True);
    }

    [Test]
    public void A_lost_tail_shows_at_the_second_heartbeat_that_tells_of_it()
    {
        sequence.Restart(4);
        Assert.That(sequence.MissesTail(5), Is.False, "it may still be on its way");
        Assert.That(sequence.MissesTail(5), Is.True);
    }

    [Test]
    public void A_heartbeat_that_overtakes_its_messages_finds_nothing_lost()
    {
        sequence.Restart(4);
        Assert.That(sequence.MissesTail(5), Is.False);
        Assert.That(sequence.Follow(7, 5), Is.EqualTo(SequenceStep.Next));
        Assert.That(sequence.MissesTail(5), Is.False);
    }

    [Test]
    public void What_the_former_owner_announced_is_not_missed_of_the_next()
    {
        sequence.Restart(4);
        sequence.MissesTail(90);
        sequence.MoveTo(8);
        sequence.Restart(1);
        Assert.That(sequence.MissesTail(1), Is.False);
    }

    [Test]
    public void Who_waits_for_a_snapshot_misses_no_tail()
    {
        sequence.Restart(4);
        sequence.MissesTail(5);
        sequence.Await();
        Assert.That(sequence.MissesTail(5), Is.False);
    }
}
