using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// The last hour of all workers, folded: sums and histograms are added, never averages of percentiles. Whoever was told the same slots comes to the same numbers, in whatever
/// order they came. Not thread-safe.
/// </summary>
public sealed class DashboardSlots
{
    static readonly int[] WindowMinutes = [1, 5, 15, 60];

    readonly Dictionary<string, SortedDictionary<long, DashboardSlot>> workers = new(StringComparer.Ordinal);
    readonly SortedDictionary<long, DashboardTally> merged = [];
    readonly SortedSet<long> changed = [];
    readonly Dictionary<int, DashboardTally> closed = [];
    readonly CardRows cards = new();
    long closedUntil;

    /// <summary>The workers of which slots are known.</summary>
    public IEnumerable<string> Workers => workers.Keys;

    /// <summary>Takes slots of a worker; one with a revision that is not newer changes nothing.</summary>
    /// <param name="workerId">The worker.</param>
    /// <param name="slots">The slots.</param>
    public void Hear(string workerId, IReadOnlyList<DashboardSlot> slots)
    {
        if (!workers.TryGetValue(workerId, out var known))
        {
            workers[workerId] = known = [];
        }

        foreach (var slot in slots)
        {
            if (!known.TryGetValue(slot.Start, out var before) || before.Revision < slot.Revision)
            {
                known[slot.Start] = slot;
                if (before is null || !slot.Tally.IsStill(before.Tally))
                {
                    merged.Remove(slot.Start);
                    changed.Add(slot.Start);
                    closedUntil = slot.Start < closedUntil ? 0 : closedUntil;
                }
            }
        }
    }

    /// <summary>Forgets a worker's slots, which it will tell again.</summary>
    /// <param name="workerId">The worker.</param>
    public void Forget(string workerId)
    {
        if (workers.Remove(workerId, out var known))
        {
            closedUntil = 0;
            foreach (var start in known.Keys)
            {
                merged.Remove(start);
                changed.Add(start);
            }
        }
    }

    /// <summary>All slots of a worker.</summary>
    /// <param name="workerId">The worker.</param>
    /// <returns>The slots, oldest first.</returns>
    public IReadOnlyList<DashboardSlot> Of(string workerId) => workers.TryGetValue(workerId, out var known) ? [.. known.Values] : [];

    /// <summary>Whether a worker has told more than what arrived.</summary>
    /// <param name="feed">What it last told.</param>
    /// <returns>Whether something is missing.</returns>
    public bool Misses(WorkerDashboard feed) => Of(feed.WorkerId).Where(slot => slot.Start >= feed.Oldest).Sum(slot => slot.Revision) < feed.Revisions;

    /// <summary>Forgets what is older than an hour.</summary>
    /// <param name="now">The time.</param>
    public void Prune(DateTimeOffset now)
    {
        var oldest = DashboardSlot.OldestAt(now);
        foreach (var (workerId, known) in workers)
        {
            foreach (var start in known.Keys.TakeWhile(start => start < oldest).ToList())
            {
                known.Remove(start);
                merged.Remove(start);
            }

            if (known.Count == 0)
            {
                workers.Remove(workerId);
            }
        }
    }

    /// <summary>The last 1, 5, 15 and 60 minutes.</summary>
    /// <param name="now">The time.</param>
    /// <param name="waitingMs">Ages of turns that wait too long by now: they count, although nobody knows yet what becomes of them.</param>
    /// <param name="all">Their cards as well where these are as they were when last told.</param>
    /// <returns>The windows.</returns>
    public IReadOnlyList<WindowView> Windows(DateTimeOffset now, IReadOnlyList<double> waitingMs, bool all)
    {
        var current = DashboardSlot.StartOf(now);
        if (closedUntil != current)
        {
            Close(current);
        }

        cards.Sum(WindowMinutes, [.. workers.Values.SelectMany(known => known.Values)], current);
        return [.. WindowMinutes.Select(minutes => WindowOf(minutes, current, waitingMs, all))];
    }

    /// <summary>Ten-second points.</summary>
    /// <param name="all">All; else only those that changed since they were last taken.</param>
    /// <returns>The points, oldest first.</returns>
    public IReadOnlyList<SlotView> Series(bool all) =>
        [.. (all ? Starts() : [.. changed]).Select(start => (Start: start, Tally: Merged(start))).Select(slot => new SlotView(
            slot.Start * 1000, DashboardTally.Percentiles(slot.Tally.FirstWords), slot.Tally.Answered, slot.Tally.Stages(), slot.Tally.Levels))];

    /// <summary>What changed until now was told.</summary>
    public void Told()
    {
        changed.Clear();
        cards.Told();
    }

    /// <summary>What lies before the current slot changes rarely: it is put together once for each slot.</summary>
    void Close(long current)
    {
        closedUntil = current;
        var starts = Starts();
        foreach (var minutes in WindowMinutes)
        {
            var window = new DashboardTally();
            foreach (var start in starts.Where(start => start < current && start > current - (minutes * 60)))
            {
                window.Add(Merged(start));
            }

            closed[minutes] = window;
        }
    }

    WindowView WindowOf(int minutes, long current, IReadOnlyList<double> waitingMs, bool all)
    {
        var window = closed[minutes].Copy();
        foreach (var start in Starts().Where(start => start >= current))
        {
            window.Add(Merged(start));
        }

        foreach (var age in waitingMs)
        {
            window.FirstWords.Record(age);
            window.SinceOldest.Record(age);
        }

        return new WindowView(
            minutes,
            DashboardTally.Percentiles(window.FirstWords),
            DashboardTally.Percentiles(window.SinceOldest),
            window.Answered,
            new Dictionary<string, long>(window.Unanswered, StringComparer.Ordinal),
            window.Stages(),
            window.Levels,
            window.Withdrawn,
            window.Tokens,
            cards.Of(minutes, all));
    }

    List<long> Starts() => [.. workers.Values.SelectMany(known => known.Keys).Distinct().Order()];

    DashboardTally Merged(long start)
    {
        if (!merged.TryGetValue(start, out var tally))
        {
            tally = new DashboardTally();
            foreach (var known in workers.Values)
            {
                if (known.TryGetValue(start, out var slot))
                {
                    tally.Add(slot.Tally);
                }
            }

            merged[start] = tally;
        }

        return tally;
    }
}
