using System.Security.Cryptography;
using System.Text;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>A playbook as it was at one moment, and the matcher trained on it. Immutable and thread-safe.</summary>
public sealed class PlaybookEdition
{
    const double SureConfidence = 0.5;
    const double NotAbsurd = 0.25;
    const string WordsSuffix = "-words";

    readonly IReadOnlyList<string> smallTalk;
    readonly Lazy<CardMatcher> matcher;

    PlaybookEdition(IReadOnlyList<PlaybookCard> cards, IReadOnlyList<string> smallTalk, Func<CardMatcher> train, string version)
    {
        (Cards, this.smallTalk, Version) = (cards, smallTalk, version);
        matcher = new Lazy<CardMatcher>(train);
    }

    /// <summary>A playbook without cards.</summary>
    public static PlaybookEdition Empty { get; } = Create([], []);

    /// <summary>
    /// The first 12 hexadecimal digits of a hash over all that the edition was made of; with <c>-words</c> behind them where words alone
    /// are matched, and where there are notes with <c>+</c>, the number of their passages, <c>n</c> and a hash of them.
    /// </summary>
    public string Version { get; }

    /// <summary>Cards are matched by words alone, without their meaning.</summary>
    public bool ByWords => Vectors is null;

    /// <summary>The same cards matched by words alone, which takes no time.</summary>
    public PlaybookEdition WordsAlone => Words ?? this;

    PlaybookEdition? Words { get; init; }

    /// <summary>Compares texts by meaning; null where words alone are compared.</summary>
    public TextVectors? Vectors { get; private init; }

    /// <summary>The team's own notes.</summary>
    public Notes Notes { get; private init; } = Notes.None;

    /// <summary>The cards, by id.</summary>
    public IReadOnlyList<PlaybookCard> Cards { get; }

    /// <summary>A playbook that is matched by words alone; its matcher is trained when it is first used.</summary>
    /// <param name="cards">The cards, with unique ids.</param>
    public static PlaybookEdition Create(IEnumerable<PlaybookCard> cards, IReadOnlyList<string> smallTalk)
    {
        PlaybookCard[] ordered = [.. cards.OrderBy(card => card.Id, StringComparer.Ordinal)];
        return new PlaybookEdition(
            ordered, smallTalk, () => new CardMatcher(ordered, smallTalk), Hash(ordered, smallTalk) + WordsSuffix);
    }

    /// <summary>The same playbook beside a team's own notes.</summary>
    public PlaybookEdition With(Notes notes) => notes.Passages.Count == 0
        ? this
        : new PlaybookEdition(Cards, smallTalk, () => matcher.Value, $"{Version}+{notes.Passages.Count}n{notes.Hash[..6]}")
        {
            Vectors = Vectors,
            Words = Words,
            Notes = notes,
        };

    /// <summary>Whether <see cref="WithMeaning"/> finds all vectors kept.</summary>
    public bool IsKept(TextVectors vectors) => vectors.Keeps(CardMatcher.Examples(Cards, smallTalk).Select(example => example.Text));

    /// <summary>The same playbook, matched by meaning and words; both its matchers are trained before this returns.</summary>
    /// <param name="problem">Why new vectors could not be kept; null for no problem.</param>
    public PlaybookEdition WithMeaning(TextVectors vectors, out Exception? problem)
    {
        var examples = vectors.Kept([.. CardMatcher.Examples(Cards, smallTalk).Select(example => example.Text)], out problem);
        var trained = new CardMatcher(Cards, smallTalk, vectors, examples);
        var version = Version.Replace(WordsSuffix, "", StringComparison.Ordinal);
        return new PlaybookEdition(Cards, smallTalk, () => trained, version) { Vectors = vectors, Words = Trained() }.Trained();
    }

    /// <summary>This edition, once its matcher is trained.</summary>
    public PlaybookEdition Trained()
    {
        _ = matcher.Value;
        return this;
    }

    /// <summary>The card that answers what was said; null when none does.</summary>
    public CardMatch? Match(string text) => Sure(Best(text));

    /// <summary>A match, if it is sure enough to be shown unasked.</summary>
    /// <returns>The match; null when it is not.</returns>
    public static CardMatch? Sure(CardMatch? match) => match is { Confidence: >= SureConfidence } ? match : null;

    /// <summary>A match for a rep who asked for a card, unless it is nowhere near.</summary>
    /// <returns>The match; null when it is not.</returns>
    public static CardMatch? Near(CardMatch? match) => match is { Confidence: >= NotAbsurd } ? match : null;

    /// <summary>The best card, however poor; null when there are no cards or no words.</summary>
    /// <param name="recent">The vectors of passages that were matched before, and of those that are now.</param>
    public CardMatch? Best(string text, PassageVectors? recent = null) => matcher.Value.Best(text, recent ?? new PassageVectors());

    /// <summary>The closest example of each card, and of small talk, the closest of all first: why a card was found, or was not.</summary>
    public IReadOnlyList<CloseExample> Closest(string text) => matcher.Value.Closest(text);

    /// <summary>Examples of different cards that say nearly the same, the closest first.</summary>
    public IReadOnlyList<Collision> Collisions() => matcher.Value.Collisions();

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
