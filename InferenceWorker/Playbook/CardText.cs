using System.Text.RegularExpressions;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// The small language of a card's text, filled with the call's brief so that a missing field never shows as a hole:
/// <c>{company|your team}</c> is the company or else "your team", and <c>Thanks[, {firstName}].</c> drops all between the
/// brackets when a field in it is missing.
/// </summary>
public static partial class CardText
{
    const char Dropped = '\uFFFC';

    static readonly Dictionary<string, Func<CallBrief, string?>> Fields = new(StringComparer.Ordinal)
    {
        ["repName"] = brief => brief.RepName,
        ["customerName"] = brief => brief.CustomerName,
        ["firstName"] = brief => FormOfAddress.Of(brief.CustomerName),
        ["company"] = brief => brief.Company,
        ["role"] = brief => brief.Role,
        ["product"] = brief => brief.Product,
    };

    /// <summary>Fills a text in which <see cref="Check"/> found nothing wrong.</summary>
    /// <param name="brief">What is known of the call; a blank field counts as missing.</param>
    public static string Fill(string template, CallBrief brief)
    {
        var chosen = Optional().Replace(template, part =>
            Places().Matches(part.Value).Any(place => IsRequired(place) && Value(place, brief) is null)
                ? $"{Dropped}"
                : part.Groups["words"].Value);

        // Values are inserted last, so that what the rep typed is neither tidied nor read as a template.
        return Places().Replace(Tidy(chosen), place => Value(place, brief) ?? place.Groups["default"].Value).Trim();
    }

    /// <summary>What is wrong with a text and what to do about it; null when nothing is.</summary>
    public static string? Check(string template)
    {
        foreach (Match place in Places().Matches(template))
        {
            var field = place.Groups["field"].Value;
            if (!Fields.ContainsKey(field))
            {
                return $"'{{{field}}}' is no field of the brief. Use one of {string.Join(", ", Fields.Keys)}.";
            }
        }

        foreach (Match part in Optional().Matches(template))
        {
            if (!Places().Matches(part.Value).Any(IsRequired))
            {
                return $"'{part.Value}' is never left out. Put a {{field}} without a default in it, or use round brackets.";
            }
        }

        var outside = Optional().Replace(template, " ");
        return Places().Matches(outside).FirstOrDefault(IsRequired) is { } hole
            ? $"'{hole.Value}' leaves a hole when the brief lacks it. "
                + $"Give it a default, as in '{{{hole.Groups["field"].Value}|your team}}', or put the words around it in [ ]."
            : Places().Replace(outside, " ").AsSpan().ContainsAny("{}[]")
            ? "A bracket has no partner. Write '{company|your team}' for a field and 'Thanks[, {firstName}]' for optional words; "
                + "[ ] cannot stand inside [ ]."
            : null;
    }

    static bool IsRequired(Match place) => !place.Groups["default"].Success;

    static string? Value(Match place, CallBrief brief) =>
        Fields[place.Groups["field"].Value](brief) is { } value && !string.IsNullOrWhiteSpace(value)
            ? Spaces().Replace(value, " ").Trim()
            : null;

    static string Tidy(string text)
    {
        text = DroppedStart().Replace(text, start => start.Groups["before"].Value + start.Groups["letter"].Value.ToUpperInvariant());
        text = text.Replace($"{Dropped}", "", StringComparison.Ordinal);
        text = Spaces().Replace(text, " ");
        text = SpaceBeforeMark().Replace(text, "");
        return DanglingComma().Replace(text, "");
    }

    [GeneratedRegex(@"\[(?<words>[^\[\]]*)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Optional();

    [GeneratedRegex(
        @"\{\s*(?<field>[^{}|\[\]]*?)\s*(\|\s*(?<default>[^{}|\[\]]*[^{}|\[\]\s])\s*)?\}",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Places();

    [GeneratedRegex(
        @"(?<before>^\s*|[.?!]\s+)\uFFFC[\s,;:]*(?<letter>\p{L}?)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DroppedStart();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@" (?=[,.;:?!])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SpaceBeforeMark();

    [GeneratedRegex(@"[,;]+(?=[,.;:?!]|\s*$)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DanglingComma();
}
