using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>
/// Whether the rep said what a suggestion proposed: enough of the words of it, or of one of its sentences, close together and in any order,
/// as stems and as everyday synonyms. English. The figures were chosen on the tuning half of <c>tests/Golden/said-suggestions.csv</c> and
/// measured on the other.
/// </summary>
public static class SaidSuggestion
{
    /// <summary>The least share of a suggestion that counts as said.</summary>
    public const double Enough = 0.6;

    // The weight of a function word; any other word weighs 1.
    const double Faint = 0.2;

    // Fewer content words than this may be said by chance.
    const int FewestContentWords = 3;

    // The words searched at once: a rep who paraphrases needs more words than the suggestion has.
    const double Wordier = 1.6;
    const int WordierBy = 6;

    static readonly FrozenSet<string> FunctionWords = Words.Of(
        """
        a an the this that these those i you he she it we they me him her us them my your his its our their mine yours ours
        am is are was were be been being do does did have has had will would can could shall should may might must not
        and or but so if than then as of at by for with about to from in on out up into over just really actually very also too here there
        well yeah yes no oh like kind sort thing stuff way lot bit some any all get got go let guys ok okay please thank one
        """).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it was said.</summary>
    /// <param name="repWords">What the rep said since it was shown.</param>
    public static bool Is(string suggestion, string repWords) => Share(suggestion, repWords) >= Enough;

    /// <summary>How much of a suggestion was said.</summary>
    /// <param name="repWords">What the rep said since it was shown.</param>
    /// <returns>The largest share of the whole and of its sentences, 0 to 1.</returns>
    public static double Share(string suggestion, string repWords)
    {
        var rep = Meanings(repWords);
        string[] parts = [suggestion, .. suggestion.Split(['.', '?', '!', ':', ';'], StringSplitOptions.RemoveEmptyEntries)];
        return rep.Count == 0 ? 0 : parts.Max(part => Covered(Meanings(part), rep));
    }

    static double Covered(List<Meaning> part, List<Meaning> rep)
    {
        var wanted = part.ToHashSet();
        if (wanted.Count(meaning => !meaning.Faint) < FewestContentWords)
        {
            return 0;
        }

        var window = Math.Min(rep.Count, (int)(part.Count * Wordier) + WordierBy);
        var said = new Dictionary<Meaning, int>();
        var (covered, best) = (0.0, 0.0);
        for (var end = 0; end < rep.Count; end++)
        {
            covered += Count(said, wanted, rep[end], 1);
            covered += end >= window ? Count(said, wanted, rep[end - window], -1) : 0;
            best = Math.Max(best, covered);
        }

        return best / wanted.Sum(meaning => meaning.Weight);
    }

    // The weight that a word adds when it enters the window, or takes away when it leaves: it counts once, however often it is in there.
    static double Count(Dictionary<Meaning, int> said, HashSet<Meaning> wanted, Meaning word, int change)
    {
        if (!wanted.Contains(word))
        {
            return 0;
        }

        var before = said.GetValueOrDefault(word);
        said[word] = before + change;
        return (before, change) switch
        {
            (0, 1) => word.Weight,
            (1, -1) => -word.Weight,
            _ => 0,
        };
    }

    static List<Meaning> Meanings(string text) =>
        [.. Words.Of(text).Select(word => new Meaning(Synonyms.Of(word), FunctionWords.Contains(word)))];

    readonly record struct Meaning(string Name, bool Faint)
    {
        public double Weight => Faint ? SaidSuggestion.Faint : 1;
    }
}
