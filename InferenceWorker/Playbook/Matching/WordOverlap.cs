using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>How many of a sentence's words come close together in other words, in any order. English function words count little.</summary>
static class WordOverlap
{
    // The weight of a function word; any other word weighs 1.
    const double Faint = 0.2;

    // Fewer content words than this may be said by chance.
    public const int FewestContentWords = 3;

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

    /// <summary>How many different words of a sentence are no function words.</summary>
    public static int ContentWords(string sentence) =>
        Words(sentence).Distinct(StringComparer.Ordinal).Count(word => !FunctionWords.Contains(word));

    /// <summary>The largest weight of a sentence's words that stand together, as a share of the whole.</summary>
    /// <param name="fewest">A sentence with fewer content words has no share.</param>
    public static double Share(string of, string within, int fewest = FewestContentWords)
    {
        var (sentence, said) = (Words(of), Words(within));
        var wanted = sentence.ToHashSet(StringComparer.Ordinal);
        if (said.Count == 0 || wanted.Count(word => !FunctionWords.Contains(word)) < fewest)
        {
            return 0;
        }

        var window = Math.Min(said.Count, (int)(sentence.Count * Wordier) + WordierBy);
        var inside = new Dictionary<string, int>(wanted.Count, StringComparer.Ordinal);
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

    static double Weight(string word) => FunctionWords.Contains(word) ? Faint : 1;

    // "that's" and "that", "customer's" and "customer" are the same here.
    static List<string> Words(string text)
    {
        var words = SpokenWords.Of(text);
        for (var i = 0; i < words.Count; i++)
        {
            words[i] = words[i].IndexOf('\'') is > 0 and var apostrophe ? words[i][..apostrophe] : words[i];
        }

        return words;
    }
}
