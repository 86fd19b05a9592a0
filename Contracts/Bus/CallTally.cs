using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>
/// What became of the suggestions that stand on one card, within one call. Tallies of several calls are added up, number by number.
/// </summary>
/// <param name="CardId">The card; null for suggestions that stand on none.</param>
/// <param name="Said">Those that the rep then said.</param>
/// <param name="Used">Those that the rep marked as used.</param>
/// <param name="Dismissed">
/// Those that the rep dismissed once finished; an open one that is dismissed is withdrawn and not among them.
/// </param>
/// <param name="Pinned">Those that the rep kept, and keeps.</param>
public sealed record CardTally(string? CardId, int Suggested, int Said, int Used, int Dismissed, int Pinned)
{
    /// <summary>Adds up tallies, or changes of them, card by card.</summary>
    /// <param name="tallies">Of any calls and cards.</param>
    /// <returns>One for each card, by id.</returns>
    public static IReadOnlyList<CardTally> Sum(IEnumerable<CardTally> tallies) =>
    [
        .. tallies.GroupBy(tally => tally.CardId, StringComparer.Ordinal).OrderBy(card => card.Key, StringComparer.Ordinal)
            .Select(card => card.Aggregate(new CardTally(card.Key, 0, 0, 0, 0, 0), (sum, tally) => sum.Plus(tally, 1))),
    ];

    /// <summary>What has changed since.</summary>
    /// <param name="earlier">The same card's tally before.</param>
    public CardTally Since(CardTally earlier) => Plus(earlier, -1);

    CardTally Plus(CardTally other, int times) => new(
        CardId,
        Suggested + (times * other.Suggested),
        Said + (times * other.Said),
        Used + (times * other.Used),
        Dismissed + (times * other.Dismissed),
        Pinned + (times * other.Pinned));
}

/// <summary>
/// Counts what became of a call's suggestions, by card, from the call's entries in any order of their kinds. Not thread-safe.
/// </summary>
public sealed class CallTally
{
    readonly Dictionary<string, string?> cards = new(StringComparer.Ordinal);
    readonly HashSet<string> said = new(StringComparer.Ordinal);
    readonly HashSet<(FeedbackKind Kind, string SuggestionId)> marked = [];
    readonly HashSet<string> cameUp = new(StringComparer.Ordinal);

    /// <summary>What became of them, the cards by id.</summary>
    public IReadOnlyList<CardTally> Cards =>
        [
            .. cards.GroupBy(suggestion => suggestion.Value, StringComparer.Ordinal).OrderBy(card => card.Key, StringComparer.Ordinal)
                .Select(card => Count(card.Key, [.. card.Select(suggestion => suggestion.Key)])),
        ];

    /// <summary>Whether a card has come up in the call.</summary>
    public bool CameUp(string cardId) => cameUp.Contains(cardId);

    /// <summary>Records an entry; those that say nothing of suggestions or cards are passed over.</summary>
    /// <returns>What it changed of its card's tally, to be added up elsewhere; null for nothing.</returns>
    public CardTally? Record(CallInput entry)
    {
        switch (entry)
        {
            case CardCameUp { Card: var card }:
                cameUp.Add(card.CardId);
                return null;
            case SuggestionFinished { Suggestion: var suggestion }:
                return Change(suggestion.SuggestionId, () => cards[suggestion.SuggestionId] = suggestion.CardId);
            case SayingHeard heard:
                return Change(heard.SuggestionId, () => said.Add(heard.SuggestionId));
            case FeedbackGiven { Feedback: { Kind: FeedbackKind.Unpinned } feedback }:
                return Change(feedback.SuggestionId, () => marked.Remove((FeedbackKind.Pinned, feedback.SuggestionId)));
            case FeedbackGiven { Feedback: var feedback }:
                return Change(feedback.SuggestionId, () => marked.Add((feedback.Kind, feedback.SuggestionId)));
            default:
                return null;
        }
    }

    CardTally? Change(string suggestionId, Action change)
    {
        var before = Of(suggestionId);
        change();
        var after = Of(suggestionId);
        return after is null || after == before ? null : after.Since(before ?? new CardTally(after.CardId, 0, 0, 0, 0, 0));
    }

    /// <summary>A suggestion's own tally; null before it has finished.</summary>
    CardTally? Of(string suggestionId) => cards.TryGetValue(suggestionId, out var cardId) ? Count(cardId, [suggestionId]) : null;

    CardTally Count(string? cardId, IReadOnlyCollection<string> suggestions)
    {
        return new(
            cardId,
            suggestions.Count,
            suggestions.Count(said.Contains),
            Marked(FeedbackKind.Used),
            Marked(FeedbackKind.Dismissed),
            Marked(FeedbackKind.Pinned));

        int Marked(FeedbackKind kind) => suggestions.Count(suggestion => marked.Contains((kind, suggestion)));
    }
}
