using System.Collections.Frozen;
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

    // The weight of a function word; any other word weighs 1.
    const double Faint = 0.2;

    // Fewer content words than this may be said by chance.
    const int FewestContentWords = 3;

    // The words searched at once: who paraphrases needs more words.
    const double Wordier = 1.6;
    const int WordierBy = 6;

    static readonly FrozenSet<string> FunctionWords = FrozenSet.ToFrozenSet(
        """
        a an the this that these those i you he she it we they me him her us them my your his its our their mine yours ours
        am is are was were be been being do does did have has had will would can could shall should may might must not
        and or but so if than then as of at by for with about to from in on out up into over just really actually very also too here there
        well yeah yes no oh like kind sort thing stuff way lot bit some any all get got go let guys ok okay please thank one
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <summary>The sentences of a text that claim enough to be said again, in order.</summary>
    public static IReadOnlyList<string> SentencesOf(string text) =>
        [.. Ends().Split(text).Where(SaysSomething)];

    /// <summary>Whether a sentence has enough words of its own to be told from others.</summary>
    public static bool SaysSomething(string sentence) =>
        Words(sentence).Distinct(StringComparer.Ordinal).Count(word => !FunctionWords.Contains(word)) >= FewestContentWords;

    /// <summary>Whether words may say a sentence; costs no vectors.</summary>
    public static bool MayBe(string sentence, string said) => Share(Words(sentence), Words(said)) >= LeastShare;

    /// <summary>The share of a sentence's words that are said, however few they are.</summary>
    public static double Overlap(string sentence, string said) => Share(Words(sentence), Words(said), fewest: 1);

    /// <summary>How far words say a sentence.</summary>
    /// <param name="said">The words, of one or more sentences.</param>
    /// <param name="vectors">Compares by meaning, too; null for words alone.</param>
    /// <param name="recent">The vectors of what was compared before.</param>
    /// <returns>From 0 to about 1.7; <see cref="Enough"/> and more says it.</returns>
    public static double Of(string sentence, string said, TextVectors? vectors, PassageVectors recent)
    {
        var share = Share(Words(sentence), Words(said));
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
        return words.Length == 0 || passages.Count == 0
            ? 0
            : passages.Max(passage => TensorPrimitives.Dot(recent.Of(words, vectors), recent.Of(passage, vectors)));
    }

    /// <summary>The largest weight of a sentence's words that stand together, as a share of the whole.</summary>
    static double Share(List<string> sentence, List<string> said, int fewest = FewestContentWords)
    {
        var wanted = sentence.ToHashSet(StringComparer.Ordinal);
        if (said.Count == 0 || wanted.Count(word => !FunctionWords.Contains(word)) < fewest)
        {
            return 0;
        }

        var window = Math.Min(said.Count, (int)(sentence.Count * Wordier) + WordierBy);
        var inside = new Dictionary<string, int>(StringComparer.Ordinal);
        var (covered, best) = (0.0, 0.0);
        for (var end = 0; end < said.Count; end++)
        {
            covered += Count(said[end], 1);
            covered += end >= window ? Count(said[end - window], -1) : 0;
            best = Math.Max(best, covered);
        }

        return best / wanted.Sum(Weight);

        // The weight that a word adds when it enters the window, or takes away when it leaves: it counts once.
        double Count(string word, int change)
        {
            if (!wanted.Contains(word))
            {
                return 0;
            }

            var before = inside.GetValueOrDefault(word);
            inside[word] = before + change;
            return (before, change) switch
            {
                (0, 1) => Weight(word),
                (1, -1) => -Weight(word),
                _ => 0,
            };
        }
    }

    [GeneratedRegex(@"[.?!:;](?=\s|$)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ends();

    static double Weight(string word) => FunctionWords.Contains(word) ? Faint : 1;

    // "that's" and "that", "customer's" and "customer" are the same here.
    static List<string> Words(string text) => [.. SpokenWords.Of(text).Select(word => word.Split('\'')[0])];
}
