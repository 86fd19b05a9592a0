using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The last 1, 5, 15 and 60 minutes of all workers. Not thread-safe.</summary>
public sealed class DashboardWindows(DashboardSlots slots)
{
    static readonly int[] WindowMinutes = [1, 5, 15, 60];

    readonly Dictionary<int, DashboardTally> closed = [];
    readonly CardRows cards = new();
    long closedUntil;

    /// <summary>The windows.</summary>
    /// <param name="waitingMs">Ages of turns that wait too long by now: they count, although their outcome is not known yet.</param>
    /// <param name="allCards">Include the cards even where they are as they were when last sent.</param>
    public IReadOnlyList<WindowView> At(DateTimeOffset now, IReadOnlyList<double> waitingMs, bool allCards)
    {
        var current = DashboardSlot.StartOf(now);
        if (closedUntil != current || slots.EarliestChange < closedUntil)
        {
            Close(current);
        }

        cards.Sum(WindowMinutes, [.. slots.All], current);
        return [.. WindowMinutes.Select(minutes => WindowOf(minutes, current, waitingMs, allCards))];
    }

    /// <summary>What changed until now was sent to the viewers.</summary>
    public void MarkSent() => cards.MarkSent();

    /// <summary>The slots before the current one rarely change: they are summed once for each slot.</summary>
    void Close(long current)
    {
        closedUntil = current;
        slots.EarliestChange = long.MaxValue;
        var starts = slots.Starts();
        foreach (var minutes in WindowMinutes)
        {
            var window = new DashboardTally();
            foreach (var start in starts.Where(start => start < current && start > current - (minutes * 60)))
            {
                window.Add(slots.Merged(start));
            }

            closed[minutes] = window;
        }
    }

    WindowView WindowOf(int minutes, long current, IReadOnlyList<double> waitingMs, bool allCards)
    {
        var window = closed[minutes].Copy();
        foreach (var start in slots.Starts().Where(start => start >= current))
        {
            window.Add(slots.Merged(start));
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
            new AheadView(window.Ahead, window.Hidden.Count == 0 ? null : window.Hidden.PercentileMs(50)),
            cards.Of(minutes, allCards));
    }
}
