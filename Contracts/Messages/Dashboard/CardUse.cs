namespace Teleprompter.Contracts.Dashboard;

/// <summary>
/// How often a card came up in a stretch of time, and what became of the suggestions that stand on it. Counts of several stretches and
/// workers are added up.
/// </summary>
/// <param name="CardId">Its id in the playbook; empty for the suggestions that stand on no card.</param>
/// <param name="Title">
/// Its title as it reads in no particular call, so that no customer's name is in it; null where it is not known.
/// </param>
/// <param name="Shown">Times it came onto a rep's screen.</param>
/// <param name="Suggested">
/// Suggestions shown in that time, and finished. The other counts are of these, whenever it happened: none exceeds it.
/// </param>
/// <param name="Said">Those that the rep then said.</param>
/// <param name="Used">Those that the rep marked as used.</param>
/// <param name="Dismissed">Those that the rep dismissed.</param>
/// <param name="Pinned">Those that the rep kept, and keeps.</param>
public sealed record CardUse(string CardId, string? Title, long Shown, long Suggested, long Said, long Used, long Dismissed, long Pinned)
{
    /// <summary>Adds more of the same card. Of two titles, one is taken that does not depend on the order.</summary>
    /// <param name="more">More.</param>
    /// <returns>The sum.</returns>
    public CardUse Plus(CardUse more) => new(
        CardId,
        string.CompareOrdinal(Title, more.Title) < 0 ? more.Title : Title,
        Shown + more.Shown,
        Suggested + more.Suggested,
        Said + more.Said,
        Used + more.Used,
        Dismissed + more.Dismissed,
        Pinned + more.Pinned);
}
