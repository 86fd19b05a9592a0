using System.Security.Cryptography;
using System.Text;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>A playbook as it was at one moment, and the matcher trained on it. Immutable and thread-safe.</summary>
public sealed class PlaybookEdition
{
    const double SureConfidence = 0.5;
    const double NotAbsurd = 0.25;

    readonly CardMatcher matcher;

    PlaybookEdition(IReadOnlyList<PlaybookCard> cards, CardMatcher matcher, string version)
    {
        Cards = cards;
        this.matcher = matcher;
        Version = version;
    }

    /// <summary>A playbook without cards.</summary>
    public static PlaybookEdition Empty { get; } = Create([], []);

    /// <summary>The first 12 hexadecimal digits of a hash over all that the edition was made of.</summary>
    public string Version { get; }

    /// <summary>The cards, by id.</summary>
    public IReadOnlyList<PlaybookCard> Cards { get; }

    /// <summary>Trains a matcher on the cards' triggers.</summary>
    /// <param name="cards">The cards, with unique ids.</param>
    public static PlaybookEdition Create(IEnumerable<PlaybookCard> cards, IReadOnlyList<string> smallTalk)
    {
        PlaybookCard[] ordered = [.. cards.OrderBy(card => card.Id, StringComparer.Ordinal)];
        return new PlaybookEdition(ordered, new CardMatcher(ordered, smallTalk), Hash(ordered, smallTalk));
    }

    /// <summary>The card that answers what was said; null when none does.</summary>
    public CardMatch? Match(string text) => Sure(Best(text));

    /// <summary>A match, if it is sure enough to be shown unasked.</summary>
    /// <returns>The match; null when it is not.</returns>
    public static CardMatch? Sure(CardMatch? match) => match is { Confidence: >= SureConfidence } ? match : null;

    /// <summary>The card that comes closest to what was said, for a rep who asked for one; null when none is anywhere near.</summary>
    public CardMatch? Nearest(string text) => Best(text) is { Confidence: >= NotAbsurd } match ? match : null;

    /// <summary>The best card, however poor; null when there are no cards or no words.</summary>
    public CardMatch? Best(string text) => matcher.Best(text);

    /// <summary>A card's title as it reads in no particular call.</summary>
    /// <returns>The title; null when there is no such card.</returns>
    public string? TitleOf(string cardId) =>
        Cards.FirstOrDefault(card => card.Id == cardId) is { } card ? CardText.Fill(card.Title, CallBrief.Empty) : null;

    static string Hash(IEnumerable<PlaybookCard> cards, IEnumerable<string> smallTalk)
    {
        var all = cards
            .SelectMany(card => (string?[])[card.Id, card.Title, card.Say, card.Fact, card.Source, .. card.Triggers, null])
            .Concat(smallTalk);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))))[..12];
    }
}
