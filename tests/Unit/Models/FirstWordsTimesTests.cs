using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Models;

public sealed class FirstWordsTimesTests
{
    readonly ManualTimeProvider time = new();

    [Test]
    public void Percentiles_are_those_of_the_times_added()
    {
        var times = With(Enumerable.Range(1, 100));
        Assert.That(times.Percentile(0.95, fewest: 20), Is.EqualTo(TimeSpan.FromMilliseconds(95)));
        Assert.That(times.Percentile(0.5, fewest: 20), Is.EqualTo(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public void Too_few_times_say_nothing()
    {
        Assert.That(With(Enumerable.Range(1, 19)).Percentile(0.95, fewest: 20), Is.Null);
        Assert.That(With([]).Percentile(0.95, fewest: 1), Is.Null);
    }

    [Test]
    public void Only_the_newest_two_hundred_count()
    {
        var times = With(Enumerable.Repeat(1000, 500).Concat(Enumerable.Repeat(1, 200)));
        Assert.That(times.Percentile(1, fewest: 1), Is.EqualTo(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public void Old_times_are_forgotten()
    {
        var times = With(Enumerable.Repeat(1000, 50));
        time.Advance(FirstWordsTimes.Window + TimeSpan.FromSeconds(1));
        Assert.That(times.Percentile(0.95, fewest: 1), Is.Null);
    }

    [Test]
    public void Times_before_a_moment_can_be_left_out()
    {
        var times = With([1000, 1000]);
        time.Advance(TimeSpan.FromSeconds(1));
        var since = time.GetTimestamp();
        times.Add(TimeSpan.FromMilliseconds(5));
        Assert.That(times.Percentile(1, fewest: 1, since), Is.EqualTo(TimeSpan.FromMilliseconds(5)));
        Assert.That(times.Percentile(1, fewest: 2, since), Is.Null);
    }

    FirstWordsTimes With(IEnumerable<int> milliseconds)
    {
        var times = new FirstWordsTimes(time);
        foreach (var took in milliseconds)
        {
            times.Add(TimeSpan.FromMilliseconds(took));
        }

        return times;
    }
}
