using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.Models;

public sealed class FastUseTests
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    readonly FastUse usual = new(Taken: false, TimeSpan.Zero, TimeSpan.Zero);

    [TestCase(false, false, false)]
    [TestCase(true, false, true)]
    [TestCase(false, true, true)]
    public void The_faster_model_is_taken_at_once_where_turns_are_pending_or_first_words_are_late(bool pending, bool slow, bool taken) =>
        Assert.That(At(usual, 100, pending, slow).Taken, Is.EqualTo(taken));

    [Test]
    public void It_is_kept_for_a_while_and_given_back_by_itself()
    {
        var use = At(usual, 100, pending: true);
        use = At(use, 114.9);
        Assert.That(use.Taken, Is.True);
        Assert.That(At(use, 115).Taken, Is.False);
    }

    [Test]
    public void The_while_begins_anew_with_every_pending_turn()
    {
        var use = At(At(usual, 100, pending: true), 110, pending: true);
        Assert.That(At(use, 120).Taken, Is.True);
        Assert.That(At(use, 125).Taken, Is.False);
    }

    [Test]
    public void Late_first_words_of_a_model_that_is_not_asked_keep_nothing() =>
        Assert.That(At(At(usual, 100, slow: true), 115, slow: true).Taken, Is.False);

    [Test]
    public void Under_a_load_that_lasts_the_models_change_ever_less_often()
    {
        var (use, changes) = (usual, 0);
        for (var second = 100; second < 3700; second++)
        {
            var next = At(use, second, slow: true);
            changes += next.Taken != use.Taken ? 1 : 0;
            use = next;
        }

        Assert.That(changes, Is.LessThan(40), "in an hour: 15 s, 30 s, 60 s … and at last 5 min");
        Assert.That(use.Hold, Is.EqualTo(FastUse.LongestHold));
    }

    [Test]
    public void After_a_quiet_time_it_is_kept_as_briefly_as_the_first_time()
    {
        var use = At(At(At(usual, 100, slow: true), 115), 116, slow: true);
        Assert.That(use.Hold, Is.EqualTo(2 * Shortest));
        use = At(At(use, 150), 400, slow: true);
        Assert.That(use.Hold, Is.EqualTo(Shortest));
    }

    static FastUse At(FastUse use, double seconds, bool pending = false, bool slow = false) =>
        use.Decide(TimeSpan.FromSeconds(seconds), pending, slow, Shortest);
}
