using System.Collections.Concurrent;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// This worker's last hour, in slots of ten seconds, and its live calls. It is kept whether or not anybody watches, so that a dashboard
/// that is opened later shows the past too. Bounded: 360 slots of sums and sparse histograms. Thread-safe.
/// </summary>
public sealed class WorkerLedger(TimeProvider time)
{
    readonly Lock sync = new();
    readonly SortedDictionary<long, Slot> slots = [];
    readonly ConcurrentDictionary<CallObserver, byte> calls = new();

    /// <summary>
    /// The worker's name on the bus, new with every start: a restarted worker remembers nothing and must not be taken for the old one.
    /// </summary>
    public string WorkerId { get; init; } = $"w-{Guid.CreateVersion7():N}";

    /// <summary>The observers of the live calls.</summary>
    public IEnumerable<CallObserver> Calls => calls.Keys;

    /// <summary>Adds a live call.</summary>
    public void Add(CallObserver call) => calls.TryAdd(call, 0);

    /// <summary>Removes a call that has ended here, and counts its last answers.</summary>
    public void Remove(CallObserver call)
    {
        calls.TryRemove(call, out _);
        call.End();
    }

    /// <summary>Counts something that happened now.</summary>
    /// <param name="change">Adds it to the tally of the current slot.</param>
    public void Count(Action<DashboardTally> change)
    {
        lock (sync)
        {
            var slot = SlotOf(DashboardSlot.StartOf(time.GetUtcNow()));
            change(slot.Tally);
            slot.Revision++;
        }
    }

    /// <summary>Counts what became of a card.</summary>
    /// <param name="at">When; nothing is counted in a slot that is no longer kept, and a time in the future counts as now.</param>
    public void Count(DateTimeOffset at, CardUse more)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (DashboardSlot.StartOf(at) < DashboardSlot.OldestAt(now))
            {
                return;
            }

            var slot = SlotOf(DashboardSlot.StartOf(at < now ? at : now));
            slot.Cards[more.CardId] = slot.Cards.TryGetValue(more.CardId, out var before) ? before.Plus(more) : more;
            slot.Revision++;
        }
    }

    /// <summary>The slots to publish.</summary>
    /// <param name="everything">All of them; else only those that changed since the last call.</param>
    /// <returns>The slots, and what a reader needs to notice that it missed one: the oldest start, and the sum of all revisions.</returns>
    public (IReadOnlyList<DashboardSlot> Slots, long Oldest, long Revisions) Slots(bool everything)
    {
        lock (sync)
        {
            Prune();
            var changed = new List<DashboardSlot>();
            var revisions = 0L;
            foreach (var (start, slot) in slots)
            {
                revisions += slot.Revision;
                if (everything || slot.Revision != slot.Published)
                {
                    slot.Published = slot.Revision;
                    IReadOnlyList<CardUse>? cards = slot.Cards.Count == 0 ? null : [.. slot.Cards.Values];
                    changed.Add(new DashboardSlot(start, slot.Revision, slot.Tally.Copy(), cards));
                }
            }

            return (changed, DashboardSlot.OldestAt(time.GetUtcNow()), revisions);
        }
    }

    Slot SlotOf(long start)
    {
        if (!slots.TryGetValue(start, out var slot))
        {
            slots[start] = slot = new Slot();
            Prune();
        }

        return slot;
    }

    void Prune()
    {
        var oldest = DashboardSlot.OldestAt(time.GetUtcNow());
        foreach (var start in slots.Keys.TakeWhile(start => start < oldest).ToList())
        {
            slots.Remove(start);
        }
    }

    sealed class Slot
    {
        public DashboardTally Tally { get; } = new();

        public Dictionary<string, CardUse> Cards { get; } = new(StringComparer.Ordinal);

        public long Revision { get; set; }

        public long Published { get; set; }
    }
}
