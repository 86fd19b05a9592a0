namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// A process of the simulated world: its continuations run one after the other, its clock is the world's. Frozen, it runs nothing while its
/// clock goes on; killed, it never runs anything again.
/// </summary>
sealed class Process(World world, string name) : SynchronizationContext
{
    readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();

    public World World => world;

    public string Name => name;

    public TimeProvider Time { get; } = new Clock(world);

    public bool IsReady => ready.Count > 0 && FrozenSince is null;

    public bool IsDead { get; private set; }

    public long? FrozenSince { get; private set; }

    /// <summary>When it was last thawed, on the world's clock.</summary>
    public long ThawedAt { get; private set; } = -1;

    public void Kill()
    {
        IsDead = true;
        ready.Clear();
        world.Remove(this);
    }

    public void Freeze() => FrozenSince ??= world.Now;

    public void Thaw() => (FrozenSince, ThawedAt) = (null, world.Now);

    public void Run(Action action) => Post(static state => ((Action)state!)(), action);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsDead)
        {
            return;
        }

        world.RequireThread();
        ready.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing waits for another continuation.");

    public override SynchronizationContext CreateCopy() => this;

    public void RunNext()
    {
        var (callback, state) = ready.Dequeue();
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
#pragma warning disable CA1031 // Whatever escapes would have ended the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            world.Break($"{name}: {error}");
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }

    Timer NewTimer(TimerCallback callback, object? state) => new Timer(this, world, callback, state);

    sealed class Clock(World world) : TimeProvider
    {
        static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => world.Now;

        public override DateTimeOffset GetUtcNow() => Start.AddTicks(world.Now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = (Current as Process ?? throw new InvalidOperationException("A timer is made outside a process."))
                .NewTimer(callback, state);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    sealed class Timer(Process process, World world, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan period;
        long version;
        bool queued;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (this.period, queued) = (period, false);
            var armed = ++version;
            if (dueTime >= TimeSpan.Zero)
            {
                world.At(world.Now + dueTime.Ticks, () => Fire(armed));
            }

            return true;
        }

        public void Dispose() => version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>A frozen process finds a timer that fired many times meanwhile to have fired once.</summary>
        void Fire(long armed)
        {
            if (armed != version || process.IsDead)
            {
                return;
            }

            if (period > TimeSpan.Zero)
            {
                world.At(world.Now + period.Ticks, () => Fire(armed));
            }

            if (!queued)
            {
                queued = true;
                process.Run(() => Call(armed));
            }
        }

        void Call(long armed)
        {
            if (armed == version)
            {
                queued = false;
                callback(state);
            }
        }
    }
}
