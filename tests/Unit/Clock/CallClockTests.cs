using Teleprompter.Bus;

namespace Teleprompter.Tests.Unit.Clock;

public sealed class CallClockTests
{
    [Test]
    public void The_earliest_of_some_times_is_the_earliest_that_is_set()
    {
        var (early, late) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Multiple(() =>
        {
            Assert.That(CallClock.Earliest(late, null, early), Is.EqualTo(early));
            Assert.That(CallClock.Earliest(early, late), Is.EqualTo(early));
            Assert.That(CallClock.Earliest(null, late), Is.EqualTo(late));
            Assert.That(CallClock.Earliest(null, null), Is.Null);
        });
    }
}
