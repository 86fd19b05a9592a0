namespace Teleprompter.Tests.Unit.Clock;

/// <summary>A clock that moves only when told to. Timers, <c>Task.Delay</c> and cancellation by time fire while it moves, in order of their due times.</summary>
sealed class ManualTimeProvider : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<ManualTimer> _timers = [];
    readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    TimeSpan _now;
    long _order;

    /// <summary>Time passed since the clock was made.</summary>
    public TimeSpan Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>Timers that will fire if time passes: a test that waits for a loop to arm its timer looks here.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => _start + Now;

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
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= until).MinBy(timer => (timer.Due, timer.Order));
            _now = next is null ? until : next.Due > _now ? next.Due : _now;
            if (next is not null && !next.Again())
            {
                _timers.Remove(next);
            }

            return next;
        }
    }

    sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public long Order { get; private set; }

        public void Fire() => callback();

        public bool Again()
        {
            if (_period <= TimeSpan.Zero)
            {
                return false;
            }

            (Due, Order) = (Due + _period, ++clock._order);
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (Due, Order, _period) = (clock._now + dueTime, ++clock._order, period);
                    clock._timers.Add(this);
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
