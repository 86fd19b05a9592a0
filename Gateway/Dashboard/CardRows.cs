using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The cards of each window, summed over workers and slots, and which of them changed since they were told. Not thread-safe.</summary>
public sealed class CardRows
{
    /// <summary>Cards in a window, at most; those least shown are left out.</summary>
    public const int AtMost = 50;

    readonly Dictionary<int, IReadOnlyList<CardUse>> rows = [];
    readonly Dictionary<int, IReadOnlyList<CardUse>> told = [];

    /// <summary>Sums.</summary>
    /// <param name="windows">Lengths of the windows in minutes, the shortest first: each longer one holds the shorter ones.</param>
    /// <param name="slots">All slots.</param>
    /// <param name="current">Start of the slot of this moment, in seconds since 1970.</param>
    public void Sum(IReadOnlyList<int> windows, IReadOnlyList<DashboardSlot> slots, long current)
    {
        var sums = new Dictionary<string, CardUse>(StringComparer.Ordinal);
        var until = long.MaxValue;
        foreach (var minutes in windows)
        {
            var after = current - (minutes * 60);
            foreach (var card in slots.Where(slot => slot.Start > after && slot.Start <= until).SelectMany(slot => slot.Cards ?? []))
            {
                sums[card.CardId] = sums.TryGetValue(card.CardId, out var before) ? before.Plus(card) : card;
            }

            until = after;
            rows[minutes] =
            [
                .. sums.Values.OrderByDescending(card => card.Shown).ThenByDescending(card => card.Suggested).ThenBy(card => card.CardId, StringComparer.Ordinal).Take(AtMost),
            ];
        }
    }

    /// <summary>The cards of a window, the most shown first.</summary>
    /// <param name="minutes">Its length.</param>
    /// <param name="all">Also where they are as they were told.</param>
    /// <returns>The cards; null where they are as they were told.</returns>
    public IReadOnlyList<CardUse>? Of(int minutes, bool all) =>
        !all && told.TryGetValue(minutes, out var before) && before.SequenceEqual(rows[minutes]) ? null : rows[minutes];

    /// <summary>What was summed last was told.</summary>
    public void Told()
    {
        foreach (var (minutes, cards) in rows)
        {
            told[minutes] = cards;
        }
    }
}
