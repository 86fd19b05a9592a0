using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Finds the card for what was said: by the whole of it, or else by the passage that fits one best. Thread-safe.</summary>
sealed class CardMatcher
{
    // Found on the development lines: from this lead over its rivals a card is right often enough to be shown unasked. With this steepness,
    // 0.93 of the cards are right from a confidence of 0.7 on and 0.95 from 0.9 on, in a cross-validation over the examples.
    const double FairLead = 0.04;
    const double Steepness = 30;

    readonly IReadOnlyList<PlaybookCard> cards;
    readonly TextVectors? vectors;
    readonly ExampleClassifier classifier;
    readonly IReadOnlyList<(string Text, int Class)> examples;
    readonly IReadOnlyList<float[]>? exampleVectors;

    /// <summary>
    /// Trains on the cards' triggers, and on lines that trigger nothing as a class of their own. An example counts for its first card.
    /// </summary>
    /// <param name="vectors">Compares by meaning and words; null for words alone.</param>
    /// <param name="exampleVectors">The vectors of <see cref="Examples"/>.</param>
    public CardMatcher(
        IReadOnlyList<PlaybookCard> cards,
        IReadOnlyList<string> smallTalk,
        TextVectors? vectors = null,
        IReadOnlyList<float[]>? exampleVectors = null)
    {
        (this.cards, this.vectors, this.exampleVectors) = (cards, vectors, exampleVectors);
        examples = Examples(cards, smallTalk);
        classifier = new ExampleClassifier(examples, exampleVectors, cards.Count + 1);
    }

    /// <summary>What a matcher is trained on: spoken words, and the index of their card; the number of cards for small talk.</summary>
    public static IReadOnlyList<(string Text, int Class)> Examples(IReadOnlyList<PlaybookCard> cards, IReadOnlyList<string> smallTalk) =>
        [.. cards.SelectMany((card, index) => card.Triggers.Select(trigger => (Text: trigger, Class: index)))
            .Concat(smallTalk.Select(line => (Text: line, Class: cards.Count)))
            .Select(example => example with { Text = string.Join(' ', SpokenWords.Of(example.Text)) })
            .Where(example => example.Text.Length > 0)
            .DistinctBy(example => example.Text, StringComparer.Ordinal)];

    /// <summary>The best card, however poor; null when there are no cards or no words.</summary>
    /// <param name="recent">The vectors of passages that were matched before, and of those that are now.</param>
    public CardMatch? Best(string text, PassageVectors recent)
    {
        if (Passages.Of(text) is not [var turn, .. var parts])
        {
            return null;
        }

        Span<float> whole = stackalloc float[cards.Count + 1];
        Span<float> scores = stackalloc float[cards.Count + 1];
        classifier.Score(turn, VectorsOf([turn], recent)[0], whole);
        var (best, bestLead) = CardLead.Of(whole, whole);
        // A part of a turn that decides as a whole says less than the turn.
        foreach (var (at, vector) in (bestLead < FairLead ? VectorsOf(parts, recent) : []).Index())
        {
            classifier.Score(parts[at], vector, scores);
            if (CardLead.Of(scores, whole) is var (card, lead) && lead > bestLead)
            {
                (best, bestLead) = (card, lead);
            }
        }

        return best < 0 ? null : new CardMatch(cards[best], 1 / (1 + Math.Exp(-Steepness * (bestLead - FairLead))));
    }

    /// <summary>The closest example of each card, and of small talk, the closest of all first.</summary>
    public IReadOnlyList<CloseExample> Closest(string text)
    {
        var words = string.Join(' ', SpokenWords.Of(text));
        return words.Length == 0 ? [] : Closest(words, vectors?.Of(words)[0]);
    }

    /// <summary>The examples that have a closer one in another class, which may cost both of them; the closest pairs first.</summary>
    public IReadOnlyList<Collision> Collisions()
    {
        const double Close = 0.45;
        var pairs =
            from at in Enumerable.Range(0, examples.Count)
            let one = new CloseExample(Name(examples[at].Class), examples[at].Text, 1)
            from other in Closest(examples[at].Text, exampleVectors?[at])
            where other.CardId != one.CardId && other.Similarity >= Close && string.CompareOrdinal(one.Example, other.Example) < 0
            orderby other.Similarity descending
            select new Collision(one with { Similarity = other.Similarity }, other);
        return [.. pairs];
    }

    float[]?[] VectorsOf(string[] passages, PassageVectors recent) =>
        vectors is null ? new float[]?[passages.Length] : recent.Of(passages, vectors);

    CloseExample[] Closest(string words, float[]? vector)
    {
        var similarities = new float[examples.Count];
        classifier.Compare(words, vector, similarities);
        return [.. examples.Select((example, at) => new CloseExample(Name(example.Class), example.Text, similarities[at]))
            .GroupBy(example => example.CardId, StringComparer.Ordinal)
            .Select(card => card.MaxBy(example => example.Similarity)!)
            .OrderByDescending(example => example.Similarity)];
    }

    string? Name(int itsClass) => itsClass < cards.Count ? cards[itsClass].Id : null;
}
