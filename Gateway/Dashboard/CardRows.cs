using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The cards of each window, summed over workers and slots, and whether they changed since sent. Not thread-safe.</summary>
public sealed class CardRows
{
    /// <summary>The most cards in a window; the least shown are left out.</summary>
    public const int Capacity = 50;

    readonly Dictionary<int, IReadOnlyList<CardUse>> rows = [];
    readonly Dictionary<int, IReadOnlyList<CardUse>> sent = [];

    /// <summary>Sums the cards of each window.</summary>
    /// <param name="windows">Lengths of the windows in minutes, the shortest first: each longer one holds the shorter ones.</param>
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
                .. sums.Values.OrderByDescending(card => card.Shown).ThenByDescending(card => card.Suggested)
                    .ThenBy(card => card.CardId, StringComparer.Ordinal).Take(Capacity),
            ];
        }
    }

    /// <summary>The cards of a window, the most shown first.</summary>
    /// <returns>The cards; null where they are as they were sent, unless <paramref name="all"/> is set.</returns>
    public IReadOnlyList<CardUse>? Of(int minutes, bool all) =>
        !all && sent.TryGetValue(minutes, out var before) && before.SequenceEqual(rows[minutes]) ? null : rows[minutes];

    /// <summary>What was summed last was sent to the viewers.</summary>
    public void MarkSent()
    {
        foreach (var (minutes, cards) in rows)
        {
            sent[minutes] = cards;
        }
    }
}
