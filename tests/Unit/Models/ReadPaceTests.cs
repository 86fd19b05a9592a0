using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Models;

[TestFixture]
public sealed class ReadPaceTests
{
    [Test]
    public void Answers_that_began_at_different_times_are_read_at_the_same_moment()
    {
        var clock = new ManualTimeProvider();
        var (one, other) = (new ReadPace(clock) { On = true }, new ReadPace(clock) { On = true });
        clock.Advance(TimeSpan.FromMilliseconds(10));
        one.Count(1);
        var first = one.Wait(CancellationToken.None);
        clock.Advance(TimeSpan.FromMilliseconds(30));
        other.Count(1);
        var second = other.Wait(CancellationToken.None);

        clock.Advance(TimeSpan.FromMilliseconds(59));
        Assert.That(new[] { first.IsCompleted, second.IsCompleted }, Is.All.False);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(new[] { first.IsCompleted, second.IsCompleted }, Is.All.True);
    }
}
