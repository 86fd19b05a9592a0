using System.Text.RegularExpressions;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>Names of speakers in front of what they say.</summary>
static partial class SpeakerLabel
{
    const int MostCharacters = 60;
    const int MostWords = 6;

    static readonly string[] Particles =
        ["von", "van", "de", "der", "den", "da", "del", "di", "dos", "du", "la", "le", "al", "el", "bin", "und", "and"];

    /// <summary>Splits <c>Ana Keller: Hello.</c></summary>
    /// <returns>The name, null when the line has none, and the words.</returns>
    public static (string? Name, string Words) Split(string line)
    {
        // A colon inside a time or an address ends no name.
        var label = Colon().Match(line);
        return label.Success && IsName(label.Groups["name"].Value)
            ? (label.Groups["name"].Value.Trim(), line[(label.Index + label.Length)..].Trim())
            : (null, line);
    }

    /// <summary>Whether a text can be a name: a few words that begin with capitals, or one word.</summary>
    public static bool IsName(string text)
    {
        var words = Remark().Replace(text.Trim('[', ']', ' '), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return text.Length <= MostCharacters
            && words.Length is > 0 and <= MostWords
            && words.Any(word => char.IsLetterOrDigit(word[0]))
            && !words.Any(word => word[^1] is '?' or '!' or ',' or ';' || (word[^1] == '.' && word.Length > 3))
            && (words.Count(word => !word.All(char.IsDigit)) <= 1
                || !words.Any(word => char.IsLower(word[0]) && !Particles.Contains(word, StringComparer.Ordinal)));
    }

    [GeneratedRegex(@"^(?<name>[^:]{1,60}):(?![\d/\\])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Colon();

    /// <summary>A remark such as (Guest).</summary>
    [GeneratedRegex(@"\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Remark();
}
