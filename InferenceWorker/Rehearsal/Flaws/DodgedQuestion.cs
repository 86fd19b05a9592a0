using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Rehearsal.Flaws;

/// <summary>The rep speaks of something else than what was asked.</summary>
static partial class DodgedQuestion
{
    /// <summary>Words in which an answer should have begun: about ten seconds.</summary>
    const int AnswersWithin = 26;

    /// <summary>Fewer words than this are no speech of something else.</summary>
    const int FewestWords = 8;

    /// <summary>So many letters of a word are taken for its stem.</summary>
    const int Stem = 5;

    static readonly FrozenSet<string> Little = FrozenSet.ToFrozenSet(
        ("what how when where which who why your you our with that this there have will would could from does into them they their"
            + " about happens before after looks today really then than were been some much many more just like used uses").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Judges the words that followed a question.</summary>
    /// <param name="ended">The rep has finished.</param>
    public static bool In(string asked, string words, bool ended)
    {
        var said = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (said < (ended ? FewestWords : AnswersWithin) || words.Contains('?', StringComparison.Ordinal))
        {
            return false;
        }

        if (Quantity().IsMatch(asked) || Evidence.HasFigure(words))
        {
            return !Evidence.HasFigure(words);
        }

        var answers = Opening().IsMatch(words) || (AsksWhy().IsMatch(asked) && Cause().IsMatch(words));
        return !answers && !Stems(asked).Overlaps(Stems(words));
    }

    static HashSet<string> Stems(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(word => word.Value).Where(word => word.Length > 3 && !Little.Contains(word))
            .Select(word => word[..Math.Min(Stem, word.Length)])];

    const RegexOptions Spoken = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(how (much|many|long|often|soon)|what (does|did) it cost|when do we|error rate|percentile)\b", Spoken, 10_000)]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^\W*(yes|no|not|yeah|sure\W+it|perhaps|i do not know|i don't know|never|always)\b", Spoken, 10_000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\W*why\b", Spoken, 10_000)]
    private static partial Regex AsksWhy();

    [GeneratedRegex(@"\b(because|since|so that|the reason)\b", Spoken, 10_000)]
    private static partial Regex Cause();

    [GeneratedRegex(@"[\p{L}]+", RegexOptions.None, 10_000)]
    private static partial Regex Word();
}
