using System.Globalization;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>What a date comes to, the same for every way to write it.</summary>
static class DateKey
{
    static readonly string[] ordinals =
    [
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
        "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    /// <param name="found">The groups month and day, unit and count, or other.</param>
    public static string Of(GroupCollection found)
    {
        if (found["month"] is { Success: true } month)
        {
            return $"{month.Value[..3]} {(found["day"] is { Success: true } day ? Day(day.Value) : 0)}".ToUpperInvariant();
        }

        if (found["unit"] is { Success: true } unit)
        {
            var count = found["count"].Value is "" or "a" or "an" ? 1 : Numbers.Of(found["count"].Value);
            return $"{count.ToString(CultureInfo.InvariantCulture)} {unit.Value}".ToUpperInvariant();
        }

        return string.Concat(found["other"].Value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }

    static int Day(string day)
    {
        var digits = new string([.. day.TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length > 0)
        {
            return int.Parse(digits, CultureInfo.InvariantCulture);
        }

        return day.ToLowerInvariant().Split(' ', '-').Sum(part => part switch
        {
            "twenty" => 20,
            "thirty" or "thirtieth" => 30,
            _ => Math.Max(0, Array.IndexOf(ordinals, part)),
        });
    }
}
