using System.Collections.Frozen;
using System.Globalization;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>English numbers in words.</summary>
static class Numbers
{
    /// <summary>A part of a number in words, as a pattern.</summary>
    public const string Word =
        "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
        + "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)";

    static readonly FrozenDictionary<string, decimal> values = new[]
    {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    }
        .Select((word, value) => (word, (decimal)value))
        .Concat(new[] { "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" }
            .Select((word, i) => (word, (decimal)((i + 2) * 10))))
        .ToFrozenDictionary(number => number.word, number => number.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a number: digits, or words such as "twelve hundred" and "two hundred and fifty thousand".</summary>
    public static decimal Of(string words)
    {
        var (sum, part) = (0m, 0m);
        foreach (var word in words.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.ToUpperInvariant())
            {
                case "HUNDRED": part = Math.Max(part, 1) * 100; break;
                case "THOUSAND": (sum, part) = (sum + (Math.Max(part, 1) * 1_000), 0); break;
                case "MILLION": (sum, part) = ((sum + Math.Max(part, 1)) * 1_000_000, 0); break;
                case var _ when decimal.TryParse(word, CultureInfo.InvariantCulture, out var digits): part += digits; break;
                default: part += values.GetValueOrDefault(word, 0); break;
            }
        }

        return sum + part;
    }
}
