using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Rehearsal.Flaws;

/// <summary>Words that commit to nothing, where they come close together.</summary>
static partial class VagueWords
{
    /// <summary>One or two are how people speak.</summary>
    const int TooMany = 3;

    /// <summary>Characters, about sixteen words: so close that a listener hears them as one.</summary>
    const int Within = 90;

    /// <summary>Words in which the figure may still come.</summary>
    const int FigureWithin = 3;

    /// <summary>Finds them.</summary>
    /// <param name="ended">No figure comes any more.</param>
    /// <returns>In order; empty where there are too few. One next to a figure says how exact it is, and does not count.</returns>
    public static IReadOnlyList<string> In(string words, bool ended)
    {
        var found = Vague().Matches(words).Where(match => !Evidence.HasFigure(After(words, match))).ToList();
        for (var first = 0; first + TooMany <= found.Count; first++)
        {
            var last = found[first + TooMany - 1];
            if (last.Index - found[first].Index <= Within && (ended || words.AsSpan(last.Index + last.Length).Count(' ') > FigureWithin))
            {
                return [.. found.Skip(first).Take(TooMany).Select(match => match.Value.ToLowerInvariant())];
            }
        }

        return [];
    }

    static string After(string words, Match match)
    {
        var from = match.Index + match.Length;
        return words.Substring(from, Math.Min(16, words.Length - from));
    }

    [GeneratedRegex(
        @"\b(sort of|kind of|kinda|sorta|basically|roughly|probably|possibly|perhaps|maybe|hopefully|somewhat|somewhere|somehow"
        + @"|more or less|usually|potentially|pretty much|i guess|i suppose|i would say|it depends|depending on|it varies|various|several"
        + @"|certain|a number of|and stuff|and so on|or something|or so|or whatever|whatnot|whatever|anyway|at some point"
        + @"|some (way|form|sort)|that sort of thing|here and there|a bit|most of)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Vague();
}
