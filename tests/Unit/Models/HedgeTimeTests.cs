using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Models.Hedging;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Models;

public sealed class HedgeTimeTests
{
    [Test]
    public void First_words_are_late_after_the_95th_percentile() =>
        Assert.That(LateAfter(Enumerable.Range(1, 100).Select(i => 100.0 + (5 * i))), Is.EqualTo(575));

    [Test]
    public void Where_all_take_about_the_same_a_few_milliseconds_more_are_not_late() =>
        Assert.That(LateAfter(Enumerable.Range(1, 100).Select(i => 300 + (i / 50.0))), Is.EqualTo(391).Within(2));

    [Test]
    public void Fewer_than_twenty_times_say_nothing() => Assert.That(LateAfter(Enumerable.Repeat(300.0, 19)), Is.Null);

    static double? LateAfter(IEnumerable<double> milliseconds)
    {
        var times = new FirstWordsTimes(new ManualTimeProvider());
        foreach (var took in milliseconds)
        {
            times.Add(TimeSpan.FromMilliseconds(took));
        }

        return HedgedModel.LateAfter(times)?.TotalMilliseconds;
    }
}
