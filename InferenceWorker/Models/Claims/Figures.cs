using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>Prices, percentages and other numbers of a text.</summary>
static partial class Figures
{
    // Counts of this size ("two options") are no figures that a customer would hold anybody to.
    const decimal LargestCount = 12;

    // Part of every figure.
    static readonly SearchValues<string> cues = SearchValues.Create(
        [
            "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "teen", "twenty", "ty", "hundred", "thousand", "million",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The figures of an answer that a customer could hold the rep to.</summary>
    /// <param name="from">Where the search begins; what is before it belongs to no claim.</param>
    public static IEnumerable<Claim> ClaimedIn(string answer, int from) => In(answer, from).Where(figure =>
        figure.Kind != ClaimKind.Count || IsClaim(decimal.Parse(figure.Key, CultureInfo.InvariantCulture)));

    /// <summary>Whether a text has a word that every figure has; nearly free.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(cues);

    /// <summary>All figures of a text.</summary>
    /// <param name="from">Where the search begins; what is before it belongs to no claim.</param>
    public static IEnumerable<Claim> In(string text, int from = 0)
    {
        if (!MayBeIn(text))
        {
            yield break;
        }

        foreach (Match match in Figure().Matches(text, from))
        {
            if (Idiom().IsMatch(text, match.Index))
            {
                continue;
            }

            var kind = match.Groups["percent"].Success ? ClaimKind.Percent
                : match.Groups["currency"].Success || match.Groups["money"].Success ? ClaimKind.Money
                : ClaimKind.Count;

            // "10 to 15 %" is two percentages.
            if (match.Groups["from"] is { Success: true } lowest && Value(lowest.Value, scale: "") is { } lower)
            {
                yield return Of(match, kind, lower);
            }

            var value = match.Groups["words"] is { Success: true } words
                ? Numbers.Of(words.Value)
                : Value(match.Groups["number"].Value, match.Groups["scale"].Value);
            if (value is { } number)
            {
                yield return Of(match, kind, number);
            }
        }
    }

    static bool IsClaim(decimal count) => count > LargestCount || count % 1 != 0;

    static Claim Of(Match match, ClaimKind kind, decimal value)
    {
        var text = match.Value.TrimStart();
        var at = match.Index + match.Length - text.Length;
        return new Claim(at, text.TrimEnd(), kind, value.ToString("0.##########", CultureInfo.InvariantCulture));
    }

    static decimal? Value(string number, string scale)
    {
        var digits = Thousands().Replace(number, "").Replace(',', '.');
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > 1_000_000_000_000)
        {
            return null;
        }

        return value * scale.ToUpperInvariant() switch
        {
            "K" or "THOUSAND" or "TAUSEND" or "GRAND" => 1_000,
            "M" or "MILLION" or "MILLIONEN" or "MIO" => 1_000_000,
            "BN" or "BILLION" => 1_000_000_000,
            _ => 1,
        };
    }

    // A separator before exactly three digits, as in 1,200 and 1.200 and 1 200; 0.125 is a fraction.
    [GeneratedRegex(@"(?<=\d)(?<!\b0)[.,'’\u00A0\u202F ](?=\d{3}(?!\d))", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Thousands();

    // "I am a hundred percent with you", "24/7", "a 30-minute call" are no claims.
    [GeneratedRegex(
        """
        \G\s*(((a|one)\s)?(100|hundred)\s?(%|percent)\s(sure|certain|with\syou|agree|understand|right)\b
        |24/7
        |\d+[-\s]minute\s(call|demo|meeting|chat|session|review|slot|conversation|walkthrough)\b)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Idiom();

    [GeneratedRegex(
        $$"""
        (?=[$€£¥\d]|(?<!\w)(USD|EUR|GBP|CHF|a\x20|{{Numbers.Word}}))
        ((?<currency>[$€£¥]|\b(USD|EUR|GBP|CHF))\s?)?
        ((?<![\p{L}\d.,])((?<from>\d+([.,]\d+)?)\s?(-|–|to|bis|à|a)\s?)?
            (?<number>\d{1,3}(\x20\d{3})+(?!\d)|\d{1,12}([.,'’\u00A0\u202F]\d+)*(?!\d))
        |\b(?<words>(a\s)?{{Numbers.Word}}([-\s](and\s)?{{Numbers.Word}})*)\b)
        \s?(?<scale>(k|m|bn|thousand|tausend|million(en)?|mio|billion|grand)\b)?\s?
        ((?<percent>%|(percent|per\scent|prozent|pour\s?cent|por\sciento)\b)
            |(?<money>[$€£¥]|(USD|EUR|GBP|CHF|dollars?|euros?|pounds?|francs?|franken|bucks)\b))?
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
            matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Figure();
}
