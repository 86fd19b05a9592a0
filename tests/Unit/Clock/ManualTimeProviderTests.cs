namespace Teleprompter.Tests.Unit.Clock;

public sealed class ManualTimeProviderTests
{
    [Test]
    public void Timers_fire_in_the_order_of_their_due_times_each_at_its_own_time()
    {
        var clock = new ManualTimeProvider();
        var fired = new List<(string Name, double At)>();
        using var late = Timer(clock, fired, "late", 30, period: null);
        using var often = Timer(clock, fired, "often", 10, period: 10);
        clock.Advance(TimeSpan.FromMilliseconds(35));
        Assert.That(fired, Is.EqualTo(new[] { ("often", 10.0), ("often", 20.0), ("late", 30.0), ("often", 30.0) }));
    }

    [Test]
    public async Task Delays_and_cancellation_by_time_follow_it()
    {
        var clock = new ManualTimeProvider();
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.That(source.IsCancellationRequested, Is.False);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(source.IsCancellationRequested, Is.True);
    }

    [Test]
    public void A_disposed_timer_never_fires()
    {
        var clock = new ManualTimeProvider();
        var fired = new List<(string Name, double At)>();
        Timer(clock, fired, "gone", 10, period: null).Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(fired, Is.Empty);
        Assert.That(clock.ArmedTimers, Is.Zero);
    }

    static ITimer Timer(ManualTimeProvider clock, List<(string Name, double At)> fired, string name, int due, int? period) =>
        clock.CreateTimer(
        _ => fired.Add((name, clock.Now.TotalMilliseconds)), state: null, TimeSpan.FromMilliseconds(due),
        period is { } every ? TimeSpan.FromMilliseconds(every) : Timeout.InfiniteTimeSpan);
}
