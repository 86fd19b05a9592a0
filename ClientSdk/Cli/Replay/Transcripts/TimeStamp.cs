using System.Globalization;
using System.Text.RegularExpressions;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>Times such as 0:03, 00:00:03.120, 00:00:03,120 and 0:0:13.540.</summary>
static partial class TimeStamp
{
    /// <summary>The form of one, without groups.</summary>
    public const string Pattern = "(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{1,2}(?:[.,][0-9]{1,3})?";

    /// <summary>Whether a text is a time and nothing else.</summary>
    public static bool Is(string text) => Whole().IsMatch(text);

    /// <summary>Reads a text that <see cref="Is"/> a time.</summary>
    /// <returns>Milliseconds.</returns>
    public static long Ms(string text) => (long)Math.Round(1000 * text.Trim().Replace(',', '.').Split(':')
        .Aggregate(0.0, (sum, part) => (60 * sum) + double.Parse(part, CultureInfo.InvariantCulture)));

    [GeneratedRegex($@"^\s*{Pattern}\s*$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Whole();
}
