namespace Teleprompter.Tests.Unit.Clock;

/// <summary>
/// A clock that moves only when told to. Timers, <c>Task.Delay</c> and cancellation by time fire while it moves, in order of their due
/// times.
/// </summary>
sealed class ManualTimeProvider : TimeProvider
{
    readonly Lock sync = new();
    readonly List<ManualTimer> timers = [];
    readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    TimeSpan now;
    long order;

    /// <summary>Time passed since the clock was made.</summary>
    public TimeSpan Now
    {
        get
        {
            lock (sync)
            {
                return now;
            }
        }
    }

    /// <summary>Timers that will fire if time passes: a test that waits for a loop to arm its timer looks here.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (sync)
            {
                return timers.Count;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => start + Now;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        var until = Now + by;
        while (Next(until) is { } timer)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    ManualTimer? Next(TimeSpan until)
    {
        lock (sync)
        {
            var next = timers.Where(timer => timer.Due <= until).MinBy(timer => (timer.Due, timer.Order));
            now = next is null ? until : next.Due > now ? next.Due : now;
            if (next is not null && !next.Again())
            {
                timers.Remove(next);
            }

            return next;
        }
    }

    sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        TimeSpan period;

        public TimeSpan Due { get; private set; }

        public long Order { get; private set; }

        public void Fire() => callback();

        public bool Again()
        {
            if (period <= TimeSpan.Zero)
            {
                return false;
            }

            (Due, Order) = (Due + period, ++clock.order);
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.sync)
            {
                clock.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (Due, Order, this.period) = (clock.now + dueTime, ++clock.order, period);
                    clock.timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
