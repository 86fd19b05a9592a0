using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Finds the card for what was said, by the passage that fits one best. Thread-safe.</summary>
sealed class CardMatcher
{
    // Found on the development half of the sales lines: from this lead over its rivals a card is right often enough to be shown unasked.
    const double FairLead = 0.03;
    const double Steepness = 30;
    const double SmallTalkShare = 0.5;

    readonly IReadOnlyList<PlaybookCard> cards;
    readonly ExampleClassifier classifier;

    /// <summary>
    /// Trains on the cards' triggers, and on lines that trigger nothing as a class of their own. An example counts for its first card.
    /// </summary>
    public CardMatcher(IReadOnlyList<PlaybookCard> cards, IReadOnlyList<string> smallTalk)
    {
        this.cards = cards;
        var triggers = cards.SelectMany((card, index) => card.Triggers.Select(trigger => (Text: trigger, Class: index)));
        var nothing = smallTalk.Select(line => (Text: line, Class: cards.Count));
        classifier = new ExampleClassifier(
            [.. triggers.Concat(nothing).DistinctBy(example => example.Text, StringComparer.OrdinalIgnoreCase)
                .Select(example => ((IReadOnlyList<string>)Words.Of(example.Text), example.Class))],
            cards.Count + 1);
    }

    /// <summary>The best card, however poor; null when there are no cards or no words.</summary>
    public CardMatch? Best(string text)
    {
        var words = Words.Of(text);
        if (words.Count == 0)
        {
            return null;
        }

        Span<float> whole = stackalloc float[cards.Count + 1];
        Span<float> scores = stackalloc float[cards.Count + 1];
        classifier.Score(words, whole);
        var (best, bestLead) = Lead(whole);
        foreach (var passage in Passages.Of(text).Where(passage => passage.Count < words.Count))
        {
            classifier.Score(passage, scores);
            Average(scores, whole);
            var (card, lead) = Lead(scores);
            if (lead > bestLead)
            {
                (best, bestLead) = (card, lead);
            }
        }

        return best < 0 ? null : new CardMatch(cards[best], 1 / (1 + Math.Exp(-Steepness * (bestLead - FairLead))));
    }

    // A passage alone may be cut from what it means.
    static void Average(Span<float> scores, ReadOnlySpan<float> whole)
    {
        for (var at = 0; at < scores.Length; at++)
        {
            scores[at] = (scores[at] + whole[at]) / 2;
        }
    }

    // How far the best card is ahead of the next one and of small talk: two cards that fit equally well are no reason to interrupt.
    static (int Card, double Lead) Lead(ReadOnlySpan<float> scores)
    {
        var best = -1;
        var (first, second) = (float.NegativeInfinity, float.NegativeInfinity);
        for (var card = 0; card < scores.Length - 1; card++)
        {
            if (scores[card] > first)
            {
                (best, first, second) = (card, scores[card], first);
            }
            else
            {
                second = MathF.Max(second, scores[card]);
            }
        }

        return (best, first - MathF.Max(second, 0) - (SmallTalkShare * MathF.Max(scores[^1], 0)));
    }
}
