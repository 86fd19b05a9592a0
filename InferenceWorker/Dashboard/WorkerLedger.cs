using System.Collections.Concurrent;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// What this worker's last hour came to, in slots of ten seconds, and its live calls: kept whether or not anybody watches, so that whoever begins to watch
/// sees the past as well. Bounded: 360 slots of sums and sparse histograms. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class WorkerLedger(TimeProvider time)
{
    readonly Lock sync = new();
    readonly SortedDictionary<long, Held> slots = [];
    readonly ConcurrentDictionary<CallObserver, byte> calls = new();

    /// <summary>The worker's name, new with every start.</summary>
    public string WorkerId { get; init; } = $"w-{Guid.CreateVersion7():N}";

    /// <summary>The observers of the live calls.</summary>
    public IEnumerable<CallObserver> Calls => calls.Keys;

    /// <summary>A call is observed.</summary>
    /// <param name="call">Its observer.</param>
    public void Add(CallObserver call) => calls.TryAdd(call, 0);

    /// <summary>A call is over here.</summary>
    /// <param name="call">Its observer.</param>
    public void Remove(CallObserver call) => calls.TryRemove(call, out _);

    /// <summary>Counts something that happened now.</summary>
    /// <param name="change">Adds it to the tally of this moment.</param>
    public void Count(Action<DashboardTally> change)
    {
        lock (sync)
        {
            var held = SlotOf(DashboardSlot.StartOf(time.GetUtcNow()));
            change(held.Tally);
            held.Revision++;
        }
    }

    /// <summary>Counts what became of a card.</summary>
    /// <param name="at">The moment that it counts for; one that is no longer kept counts nothing, one to come counts as now.</param>
    /// <param name="more">What is added.</param>
    public void Count(DateTimeOffset at, CardUse more)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (DashboardSlot.StartOf(at) < DashboardSlot.OldestAt(now))
            {
                return;
            }

            var held = SlotOf(DashboardSlot.StartOf(at < now ? at : now));
            held.Cards[more.CardId] = held.Cards.TryGetValue(more.CardId, out var before) ? before.Plus(more) : more;
            held.Revision++;
        }
    }

    /// <summary>Tells slots.</summary>
    /// <param name="everything">All of them; else only those that changed since they were told last.</param>
    /// <returns>The slots, and what a reader needs to notice that it missed something.</returns>
    public (IReadOnlyList<DashboardSlot> Slots, long Oldest, long Revisions) Tell(bool everything)
    {
        lock (sync)
        {
            Prune();
            var told = new List<DashboardSlot>();
            var revisions = 0L;
            foreach (var (start, held) in slots)
            {
                revisions += held.Revision;
                if (everything || held.Revision != held.Told)
                {
                    held.Told = held.Revision;
                    told.Add(new DashboardSlot(start, held.Revision, held.Tally.Copy(), held.Cards.Count == 0 ? null : [.. held.Cards.Values]));
                }
            }

            return (told, DashboardSlot.OldestAt(time.GetUtcNow()), revisions);
        }
    }

    Held SlotOf(long start)
    {
        if (!slots.TryGetValue(start, out var held))
        {
            slots[start] = held = new Held();
            Prune();
        }

        return held;
    }

    void Prune()
    {
        var oldest = DashboardSlot.OldestAt(time.GetUtcNow());
        foreach (var start in slots.Keys.TakeWhile(start => start < oldest).ToList())
        {
            slots.Remove(start);
        }
    }

    sealed class Held
    {
        public DashboardTally Tally { get; } = new();

        public Dictionary<string, CardUse> Cards { get; } = new(StringComparer.Ordinal);

        public long Revision { get; set; }

        public long Told { get; set; }
    }
}
