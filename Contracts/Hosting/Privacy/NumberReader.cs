using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Teleprompter.Hosting.Privacy;

/// <summary>Reads the numbers of a text, in digits and as they are spoken in English.</summary>
static partial class NumberReader
{
    // What stands between two groups of one number.
    const int MostBetween = 3;

    static readonly FrozenDictionary<string, string> units = Words(
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen");

    static readonly FrozenDictionary<string, string> tens = new[]
    {
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    }.Index().ToFrozenDictionary(ten => ten.Item, ten => $"{ten.Index + 2}", StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> between = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "-", ".", ",", "(", ")", "/", "+", "–", "…", "uh", "um", "er", "uhm", "and", "then", "dash", "hyphen", "space");

    /// <summary>The runs of a text, in order.</summary>
    public static IEnumerable<NumberRun> Runs(string text)
    {
        var pieces = new List<NumberPiece>();
        var others = 0;
        for (var token = Token().Match(text); token.Success; token = token.NextMatch())
        {
            if (Piece(token, pieces) is var (piece, last))
            {
                pieces.Add(piece);
                (token, others) = (last, 0);
            }
            else if (pieces.Count > 0 && (!between.Contains(token.Value) || ++others > MostBetween))
            {
                yield return new NumberRun([.. pieces]);
                pieces.Clear();
                others = 0;
            }
        }

        if (pieces.Count > 0)
        {
            yield return new NumberRun([.. pieces]);
        }
    }

    static (NumberPiece Piece, Match Last)? Piece(Match token, List<NumberPiece> before)
    {
        var end = token.Index + token.Length;
        if (char.IsAsciiDigit(token.Value[0]))
        {
            return (new NumberPiece(token.Index, end, token.Value), token);
        }

        if (units.TryGetValue(token.Value, out var digits))
        {
            return (new NumberPiece(token.Index, end, digits), token);
        }

        var next = token.NextMatch();
        switch (token.Value.ToUpperInvariant())
        {
            case "O" or "OH" when before.Count > 0:
                return (new NumberPiece(token.Index, end, "0"), token);
            case "HUNDRED" when before.Count > 0 && before[^1].Digits.Length == 1:
                return (new NumberPiece(token.Index, end, "00"), token);
            case "DOUBLE" or "TRIPLE" when Digit(next.Value) is { } digit:
                var times = token.Value.StartsWith("d", StringComparison.OrdinalIgnoreCase) ? 2 : 3;
                return (new NumberPiece(token.Index, next.Index + next.Length, new string(digit, times)), next);
        }

        if (!tens.TryGetValue(token.Value, out var ten))
        {
            return null;
        }

        var unit = next.Value == "-" ? next.NextMatch() : next;
        return units.TryGetValue(unit.Value, out var one) && one.Length == 1 && one != "0"
            ? (new NumberPiece(token.Index, unit.Index + unit.Length, ten + one), unit)
            : (new NumberPiece(token.Index, end, ten + "0"), token);
    }

    static char? Digit(string word) => word.Length == 1 && char.IsAsciiDigit(word[0]) ? word[0]
        : units.TryGetValue(word, out var digits) && digits.Length == 1 ? digits[0]
        : word.ToUpperInvariant() is "O" or "OH" ? '0'
        : null;

    static FrozenDictionary<string, string> Words(params string[] words) =>
        words.Index().ToFrozenDictionary(word => word.Item, word => $"{word.Index}", StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\d+|\p{L}+|\S", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();
}
