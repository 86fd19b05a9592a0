using System.Diagnostics;
using Teleprompter.Tests.Load;

namespace Teleprompter.Tests.Unit.Load;

/// <summary>Turns have their moments beforehand, and latency counts from them.</summary>
[TestFixture]
public class OpenLoopTests
{
    static readonly TimeSpan TurnEvery = TimeSpan.FromSeconds(6);

    [Test]
    public void Every_call_keeps_to_its_period()
    {
        var spoken = Spoken(calls: 50, seconds: 30, seed: 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(spoken.Select(turn => turn.Call).Distinct(), Is.EquivalentTo(Enumerable.Range(0, 50)));
            Assert.That(
                spoken.GroupBy(turn => turn.Call).SelectMany(call => call.Zip(call.Skip(1), (one, next) => next.At - one.At)),
                Is.All.EqualTo(TurnEvery).Within(TimeSpan.FromTicks(1)));
        }
    }

    [Test]
    public void As_many_turns_are_taken_as_the_rate_says() =>
        Assert.That(Spoken(calls: 500, seconds: 12, seed: 1), Has.Count.EqualTo(1000));

    [Test]
    public void Moments_come_in_order_and_within_the_time()
    {
        var moments = Spoken(calls: 50, seconds: 8, seed: 1).Select(turn => turn.At).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moments, Is.Ordered);
            Assert.That(moments, Is.All.InRange(TimeSpan.Zero, TimeSpan.FromSeconds(8)));
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_schedule_and_another_seed_another()
    {
        var (one, again, other) = (
            Spoken(calls: 5, seconds: 12, seed: 1), Spoken(calls: 5, seconds: 12, seed: 1), Spoken(calls: 5, seconds: 12, seed: 2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one, Is.EqualTo(again));
            Assert.That(one, Is.Not.EqualTo(other));
        }
    }

    [Test]
    public async Task A_moment_is_told_as_it_was_fixed_even_when_the_one_before_made_it_late()
    {
        var told = new List<long>();
        await OpenLoop.Play(Enumerable.Range(0, 5).Select(i => new Cue(TimeSpan.FromMilliseconds(i), moment =>
        {
            told.Add(moment);
            Thread.Sleep(3); // The cue takes longer than the time to the next.
        })));

        var gaps = told.Zip(told.Skip(1), (one, next) => (next - one) * 1000.0 / Stopwatch.Frequency);

        Assert.That(gaps, Is.All.EqualTo(1).Within(0.001));
    }

    static List<(int Call, TimeSpan At)> Spoken(int calls, int seconds, int seed)
    {
        var spoken = new List<(int Call, TimeSpan At)>();
        var at = TimeSpan.Zero;
        foreach (
            var cue in OpenLoop.Independent(
                [.. Enumerable.Range(0, calls)], TurnEvery, TimeSpan.FromSeconds(seconds), seed, (call, _) => spoken.Add((call, at))))
        {
            at = cue.At;
            cue.Act(0);
        }

        return spoken;
    }
}
