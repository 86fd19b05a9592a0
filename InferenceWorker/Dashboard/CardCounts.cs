using Teleprompter.Bus;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// Counts how often cards came up in one call and what became of the suggestions based on them. What becomes of a suggestion counts at the
/// moment in which it was shown, so that no period has more suggestions said than shown. What a former owner kept was counted by that
/// owner. Not thread-safe.
/// </summary>
/// <param name="ledger">Where it is counted.</param>
public sealed class CardCounts(WorkerLedger ledger)
{
    readonly CallTally tally = new();
    readonly Dictionary<string, DateTimeOffset> shownAt = new(StringComparer.Ordinal);
    DateTimeOffset startedAt;
    bool begun;

    /// <summary>A card's title; null where it is not known.</summary>
    public Func<string, string?> TitleOf { get; init; } = _ => null;

    /// <summary>
    /// Starts from the call as it was read from the store. When it is read again, entries that are not known yet are counted.
    /// </summary>
    public void Begin(StoredCall call)
    {
        startedAt = call.Record.StartedAt;
        foreach (var entry in call.Entries)
        {
            if (begun)
            {
                Record(entry);
            }
            else
            {
                Note(entry);
            }
        }

        begun = true;
    }

    /// <summary>Counts a card that came onto the screen.</summary>
    public void Show(string cardId, DateTimeOffset now) => ledger.Count(now, new CardUse(cardId, TitleOf(cardId), 1, 0, 0, 0, 0, 0));

    /// <summary>Counts an entry of the call; one that comes twice counts once.</summary>
    /// <param name="entry">The entry; most count nothing.</param>
    public void Record(CallInput entry)
    {
        if (Note(entry) is { } change && shownAt.TryGetValue(SuggestionOf(entry), out var at))
        {
            var cardId = change.CardId ?? "";
            ledger.Count(
                at, new CardUse(cardId, TitleOf(cardId), 0, change.Suggested, change.Said, change.Used, change.Dismissed, change.Pinned));
        }
    }

    CardTally? Note(CallInput entry)
    {
        if (entry is SuggestionFinished { Suggestion.SuggestionId: var suggestionId, AtMs: var ms })
        {
            shownAt.TryAdd(suggestionId, startedAt + TimeSpan.FromMilliseconds(ms));
        }

        return tally.Record(entry);
    }

    static string SuggestionOf(CallInput entry) => entry switch
    {
        SuggestionFinished finished => finished.Suggestion.SuggestionId,
        SayingHeard heard => heard.SuggestionId,
        FeedbackGiven given => given.Feedback.SuggestionId,
        _ => "",
    };
}
