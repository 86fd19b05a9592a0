using System.Numerics.Tensors;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// How far words say what a sentence says, in the same words or in others: the share of its words that come close together and in any
/// order, and its likeness in meaning. English function words count little. The figures were chosen on the tuning half of
/// <c>tests/Golden/said-suggestions.csv</c> and measured on the other.
/// </summary>
static partial class Restatement
{
    /// <summary>From here on the words say it.</summary>
    public const double Enough = 1;

    // Of two sentences with fewer common words none says the other; comparing them by meaning would cost milliseconds.
    const double LeastShare = 0.3;
    const double ShareCounts = 0.7;
    const double EnoughShare = 0.6;

    /// <summary>The sentences of a text that claim enough to be said again, in order.</summary>
    public static IReadOnlyList<string> SentencesOf(string text) =>
        [.. Ends().Split(text).Where(SaysSomething)];

    /// <summary>Whether a sentence has enough words of its own to be told from others.</summary>
    public static bool SaysSomething(string sentence) =>
        WordOverlap.ContentWords(sentence) >= WordOverlap.FewestContentWords;

    /// <summary>Whether words may say a sentence; costs no vectors.</summary>
    public static bool MayBe(string sentence, string said) => WordOverlap.Share(sentence, said) >= LeastShare;

    /// <summary>The share of a sentence's words that are said, however few they are.</summary>
    public static double Overlap(string sentence, string said) => WordOverlap.Share(sentence, said, fewest: 1);

    /// <summary>How far words say a sentence.</summary>
    /// <param name="said">The words, of one or more sentences.</param>
    /// <param name="vectors">Compares by meaning, too; null for words alone.</param>
    /// <param name="recent">The vectors of what was compared before.</param>
    /// <returns>From 0 to about 1.7; <see cref="Enough"/> and more says it.</returns>
    public static double Of(string sentence, string said, TextVectors? vectors, PassageVectors recent)
    {
        var share = WordOverlap.Share(sentence, said);
        if (share < LeastShare)
        {
            return 0;
        }

        return vectors is null ? share / EnoughShare : Likeness(sentence, said, vectors, recent) + (ShareCounts * share);
    }

    /// <summary>How like words are to a sentence in meaning, by the passage that is most like it.</summary>
    /// <returns>The cosine; 0 where either has no words.</returns>
    public static double Likeness(string sentence, string said, TextVectors vectors, PassageVectors recent)
    {
        var words = string.Join(' ', SpokenWords.Of(sentence));
        var passages = Passages.Of(said);
        if (words.Length == 0 || passages.Length == 0)
        {
            return 0;
        }

        var compared = recent.Of([words, .. passages], vectors);
        return compared.Skip(1).Max(passage => TensorPrimitives.Dot<float>(compared[0], passage));
    }

    [GeneratedRegex(@"[.?!:;](?=\s|$)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ends();
}
