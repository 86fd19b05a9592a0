using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>Prices, percentages and other numbers of an answer, and whether what the model was given supports them.</summary>
static partial class Figures
{
    // Counts of this size ("two options", "in 3 weeks") are no figures that a customer would hold anybody to.
    const decimal LargestCount = 12;

    static readonly FrozenDictionary<string, decimal> words = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["hundred"] = 100,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    enum Unit
    {
        None,
        Percent,
        Money,
    }

    /// <summary>The figures of an answer that stand nowhere in the material, as the answer writes them, each once.</summary>
    /// <param name="material">What the model was given: brief, cards, transcript.</param>
    public static IReadOnlyList<string> Unsupported(string answer, string material)
    {
        var claimed = In(answer).Where(figure => figure.Unit != Unit.None || figure.Value > LargestCount || figure.Value % 1 != 0).ToList();
        if (claimed.Count == 0)
        {
            return [];
        }

        var known = In(material).Select(figure => (figure.Value, figure.Unit)).ToHashSet();
        return [.. claimed.Where(figure => !IsKnown(figure.Value, figure.Unit, known))
            .Select(figure => figure.Text).Distinct(StringComparer.Ordinal)];
    }

    static bool IsKnown(decimal value, Unit unit, HashSet<(decimal, Unit)> known) => unit switch
    {
        // "49 per seat" supports $49, and twenty seats do not support 20 %.
        Unit.Percent => known.Contains((value, Unit.Percent)),
        Unit.Money => known.Contains((value, Unit.Money)) || known.Contains((value, Unit.None)),
        _ => known.Contains((value, Unit.None)) || known.Contains((value, Unit.Money)) || known.Contains((value, Unit.Percent)),
    };

    static IEnumerable<(string Text, decimal Value, Unit Unit)> In(string text)
    {
        foreach (Match match in Figure().Matches(text))
        {
            var unit = match.Groups["percent"].Success ? Unit.Percent
                : match.Groups["currency"].Success || match.Groups["money"].Success ? Unit.Money
                : Unit.None;

            // "10 to 15 %" is two percentages.
            if (match.Groups["from"] is { Success: true } from && Value(from.Value, scale: "") is { } lower)
            {
                yield return (match.Value.Trim(), lower, unit);
            }

            var value = match.Groups["word"] is { Success: true } word
                ? InWords(word.Value)
                : Value(match.Groups["number"].Value, match.Groups["scale"].Value);
            if (value is { } number)
            {
                yield return (match.Value.Trim(), number, unit);
            }
        }
    }

    static decimal? InWords(string number) => number.Split('-', ' ').Sum(word => words.GetValueOrDefault(word));

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
            "K" or "THOUSAND" or "TAUSEND" => 1_000,
            "M" or "MILLION" or "MILLIONEN" or "MIO" => 1_000_000,
            "BN" or "BILLION" => 1_000_000_000,
            _ => 1,
        };
    }

    // A separator before exactly three digits, as in 1,200 and 1.200 and 1 200; 0.125 is a fraction.
    [GeneratedRegex(@"(?<=\d)(?<!\b0)[.,'’\u00A0\u202F ](?=\d{3}(?!\d))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Thousands();

    [GeneratedRegex(
        """
        (?<currency>[$€£¥]|\b(USD|EUR|GBP|CHF))?\s?
        ((?<![\p{L}\d.,])((?<from>\d+([.,]\d+)?)\s?(-|–|to|bis|à|a)\s?)?
            (?<number>\d{1,3}(\x20\d{3})+(?!\d)|\d{1,12}([.,'’\u00A0\u202F]\d+)*(?!\d))
        |\b(?<word>((twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)([-\x20](one|two|three|four|five|six|seven|eight|nine))?
            |one|two|three|four|five|six|seven|eight|nine|ten
            |eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundred))
            (?=\s(percent|per\scent|dollars?|euros?|pounds?|francs?)\b))
        \s?(?<scale>(k|m|bn|thousand|tausend|million(en)?|mio|billion)\b)?\s?
        ((?<percent>%|(percent|per\scent|prozent|pour\s?cent|por\sciento)\b)
            |(?<money>[$€£¥]|(USD|EUR|GBP|CHF|dollars?|euros?|pounds?|francs?|franken)\b))?
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figure();
}
