using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>Where sentences end.</summary>
static partial class Sentences
{
    /// <summary>A text up to the end of its last whole sentence; the whole text where none ends in it.</summary>
    public static string Whole(string text)
    {
        var end = LastEnd(text);
        return end == 0 ? text.TrimEnd() : text[..end];
    }

    /// <summary>Where the first sentence of a text ends; 0 where none does.</summary>
    public static int FirstEnd(string text) => End(text, first: true);

    static int LastEnd(string text) => End(text, first: false);

    static int End(string text, bool first)
    {
        var last = 0;
        foreach (var match in Ends().EnumerateMatches(text))
        {
            var end = match.Index + match.Length;
            var isNumber = end == text.Length && text[match.Index] == '.' && match.Index > 0 && char.IsDigit(text[match.Index - 1]);
            if (!isNumber && !Abbreviation().IsMatch(text.AsSpan(0, match.Index + 1)[^Math.Min(match.Index + 1, 12)..]))
            {
                last = end;
                if (first)
                {
                    break;
                }
            }
        }

        return last;
    }

    // With the quotation mark or bracket that closes behind it.
    [GeneratedRegex(@"[.!?…]+[""”“»’')\]]*(?=\s|$)|[。！？]+[」』”]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ends();

    [GeneratedRegex(
        @"(^|[\s(])(\p{L}|e\.g|i\.e|z\.B|d\.h|p\.ej|Dr|Mr|Mrs|Ms|Sr|Sra|Hr|Fr|ca|bzw|ggf|inkl|approx|vs|No|Nr|Inc|etc)\.$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Abbreviation();
}
