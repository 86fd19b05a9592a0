using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>Tells whether a suggestion says nothing that was not already on the screen.</summary>
public static partial class Repetition
{
    /// <summary>From this share of its words on, a text that was covered by one already shown says nothing new.</summary>
    public const double SameFrom = 0.8;

    // "Yes, we do." is in many a longer sentence without being its repetition.
    const int FewestWords = 5;

    /// <summary>Compares a text with each of those shown: words without case and punctuation, each as often as it stands there.</summary>
    /// <param name="text">The suggestion.</param>
    /// <param name="shown">What was already shown.</param>
    /// <returns>Whether one of them has all but a fifth of its words, and every number. Of a text below five words, all in that order.</returns>
    public static bool Of(string text, IEnumerable<string> shown)
    {
        var words = Words(text);
        return words.Count > 0 && shown.Any(earlier => Covers(Words(earlier), words));
    }

    static bool Covers(List<string> earlier, List<string> words)
    {
        if (words.Count < FewestWords)
        {
            return words.SequenceEqual(earlier, StringComparer.Ordinal);
        }

        var left = earlier.CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var common = 0;
        foreach (var word in words)
        {
            if (left.GetValueOrDefault(word) > 0)
            {
                left[word]--;
                common++;
            }
            else if (char.IsDigit(word[0]))
            {
                return false;
            }
        }

        return common >= SameFrom * words.Count;
    }

    static List<string> Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value.Replace('’', '\''))];

    // Scripts without spaces count by character.
    [GeneratedRegex(@"[\u3040-\u30FF\u3400-\u9FFF]|\d+(?:[.,]\d+)*|[\p{L}\p{M}'’-[\u3040-\u30FF\u3400-\u9FFF]]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
