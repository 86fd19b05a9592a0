using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// The slots of the last hour of all workers, merged: sums and histograms are added, never averages of percentiles. The same slots lead to
/// the same numbers in whatever order they arrive. Not thread-safe.
/// </summary>
public sealed class DashboardSlots
{
    readonly Dictionary<string, SortedDictionary<long, DashboardSlot>> workers = new(StringComparer.Ordinal);
    readonly Dictionary<long, DashboardTally> merged = [];
    readonly SortedSet<long> changed = [];

    /// <summary>The workers that have slots.</summary>
    public IEnumerable<string> Workers => workers.Keys;

    public IEnumerable<DashboardSlot> All => workers.Values.SelectMany(known => known.Values);

    /// <summary>The start of the earliest slot that changed since <see cref="DashboardWindows"/> last reset it.</summary>
    public long EarliestChange { get; set; } = long.MaxValue;

    /// <summary>Adds slots of a worker; one whose revision is not newer changes nothing.</summary>
    public void Add(string workerId, IReadOnlyList<DashboardSlot> slots)
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
                    Change(slot.Start);
                }
            }
        }
    }

    /// <summary>Removes a worker's slots, which it will tell again.</summary>
    public void Remove(string workerId)
    {
        if (workers.Remove(workerId, out var known))
        {
            known.Keys.ToList().ForEach(Change);
        }
    }

    /// <summary>The slots of a worker, oldest first.</summary>
    public IReadOnlyList<DashboardSlot> Of(string workerId) => workers.TryGetValue(workerId, out var known) ? [.. known.Values] : [];

    /// <summary>Whether a worker has told more than what arrived.</summary>
    public bool Misses(WorkerDashboard feed) =>
        Of(feed.WorkerId).Where(slot => slot.Start >= feed.Oldest).Sum(slot => slot.Revision) < feed.Revisions;

    /// <summary>Removes what is older than an hour.</summary>
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

    /// <summary>The starts of the slots that any worker has, in seconds since 1970, oldest first.</summary>
    public IReadOnlyList<long> Starts() => [.. workers.Values.SelectMany(known => known.Keys).Distinct().Order()];

    /// <summary>The tally of a slot, over all workers.</summary>
    public DashboardTally Merged(long start)
    {
        if (!merged.TryGetValue(start, out var tally))
        {
            merged[start] = tally = new DashboardTally();
            foreach (var known in workers.Values)
            {
                if (known.TryGetValue(start, out var slot))
                {
                    tally.Add(slot.Tally);
                }
            }
        }

        return tally;
    }

    /// <summary>A point for each slot, oldest first.</summary>
    /// <param name="all">All; else only those that changed since <see cref="MarkSent"/>.</param>
    public IReadOnlyList<SlotView> Series(bool all) =>
    [
        .. from start in all ? Starts() : [.. changed]
           let tally = Merged(start)
           select new SlotView(start * 1000, DashboardTally.Percentiles(tally.FirstWords), tally.Answered, tally.Stages(), tally.Levels),
    ];

    /// <summary>What changed until now was sent to the viewers.</summary>
    public void MarkSent() => changed.Clear();

    void Change(long start)
    {
        merged.Remove(start);
        changed.Add(start);
        EarliestChange = Math.Min(EarliestChange, start);
    }
}
