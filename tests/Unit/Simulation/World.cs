namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// One thread, one clock, several processes. Whatever is ready runs, in an order drawn by the seed; when nothing is, the clock moves on to
/// what is due next.
/// </summary>
sealed class World(int seed)
{
    const int MostRunsAtOnce = 100_000;
    const int MostEventsInASecond = 20_000;

    readonly PriorityQueue<Action, (long Due, long Order)> agenda = new();
    readonly List<Process> processes = [];
    readonly int thread = Environment.CurrentManagedThreadId;
    long order;

    public Random Random { get; } = new(seed);

    /// <summary>The world's clock, in ticks.</summary>
    public long Now { get; private set; }

    /// <summary>How much was on the agenda so far.</summary>
    public long Planned => order;

    /// <summary>What happened so far, for whoever reads a failing seed.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>The first promise that was broken; null when none was.</summary>
    public string? Broken { get; private set; }

    public void Break(string promise) => Broken ??= Line(promise);

    public void Tell(string what) => Trace.Add(Line(what));

    public Process Start(string name)
    {
        var process = new Process(this, name);
        processes.Add(process);
        return process;
    }

    public void Remove(Process process) => processes.Remove(process);

    public void At(long due, Action action) => agenda.Enqueue(action, (Math.Max(due, Now), ++order));

    public void After(TimeSpan wait, Action action) => At(Now + wait.Ticks, action);

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan Between(int fromMs, int toMs) =>
        TimeSpan.FromTicks((fromMs * TimeSpan.TicksPerMillisecond) + Random.NextInt64((toMs - fromMs) * TimeSpan.TicksPerMillisecond));

    public T Pick<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];

    public void Advance(TimeSpan by)
    {
        var until = Now + by.Ticks;
        RunToIdle();
        var events = 0;
        while (Broken is null && agenda.TryPeek(out _, out var next) && next.Due <= until)
        {
            Now = next.Due;
            agenda.Dequeue()();
            RunToIdle();
            if (++events > MostEventsInASecond * (1 + by.TotalSeconds))
            {
                Break("more happens than anybody asked for");
            }
        }

        Now = until;
    }

    /// <summary>Only one thread may ever run what is simulated: otherwise the same seed would not mean the same run.</summary>
    public void RequireThread()
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            Broken = $"The code left the simulated thread: {Environment.StackTrace}";
        }
    }

    void RunToIdle()
    {
        for (var runs = 0; ; runs++)
        {
            if (runs == MostRunsAtOnce)
            {
                Break("something runs for ever while no time passes");
                return;
            }

            var ready = 0;
            foreach (var process in processes)
            {
                ready += process.IsReady ? 1 : 0;
            }

            if (ready == 0)
            {
                return;
            }

            var chosen = ready == 1 ? 0 : Random.Next(ready);
            foreach (var process in processes)
            {
                if (process.IsReady && chosen-- == 0)
                {
                    process.RunNext();
                    break;
                }
            }
        }
    }

    string Line(string what) => $"{TimeSpan.FromTicks(Now).TotalSeconds,8:0.000} {what}";
}
