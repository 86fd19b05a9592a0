using System.Text.RegularExpressions;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>
/// Text in which names stand before the words (<c>Ana Keller: Hello.</c>) or above them (<c>Ana Keller  0:03</c>), with or without times,
/// in bold or not. Other lines go on with the speaker before them; <c>#</c> begins a comment.
/// </summary>
static partial class LabelledTranscript
{
    /// <summary>Labels of what exports write above a call.</summary>
    static readonly string[] Headings =
    [
        "account", "attendees", "call", "company", "date", "duration", "from", "location", "meeting", "opportunity", "participants",
        "recording", "speakers", "subject", "summary", "time", "title", "to", "topic", "transcript",
    ];

    /// <inheritdoc cref="Transcript.Read"/>
    public static Transcript Read(string file, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(Clean).ToArray();
        var labels = lines.Select(Label).ToArray();
        var counts = labels.Select(label => label.Name).OfType<string>().CountBy(name => name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        var said = new List<SpokenLine>();
        var passedOver = new List<long>();
        long? time = null;
        for (var at = 0; at < lines.Length; at++)
        {
            var (name, words, startMs) = labels[at];
            if (lines[at].Length == 0 || lines[at][0] == '#')
            {
                continue;
            }

            if (name is null && words.Length == 0)
            {
                time = startMs;
            }
            else if (name is not null && !(said.Count == 0 && Headings.Contains(name.ToLowerInvariant())) && !GoesOn(at))
            {
                said.Add(new SpokenLine(at + 1, name, words, startMs ?? time));
                time = null;
            }
            else if (said.Count == 0 || lines[at].StartsWith("Transcribed by", StringComparison.OrdinalIgnoreCase))
            {
                passedOver.Add(at + 1);
            }
            else
            {
                said[^1] = said[^1] with { Text = $"{said[^1].Text} {lines[at]}".Trim() };
            }
        }

        return new Transcript(said) { PassedOver = passedOver };

        // "Then she said: no" in the middle of a sentence names nobody.
        bool GoesOn(int at) => at > 0 && lines[at - 1].Length > 0 && labels[at - 1].Words.Length > 0 && char.IsLetter(lines[at - 1][^1])
            && counts[labels[at].Name!] == 1 && counts.Count > 2;
    }

    static string Clean(string line)
    {
        var words = string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Bullet().Replace(words, "").Replace("**", "", StringComparison.Ordinal).Replace("__", "", StringComparison.Ordinal).Trim();
    }

    static (string? Name, string Words, long? StartMs) Label(string line)
    {
        var before = TimeBefore().Match(line);
        var rest = line[before.Length..];
        long? startMs = before.Success ? TimeStamp.Ms(before.Groups["time"].Value) : null;
        if (before.Success && (rest.Length == 0 || SpeakerLabel.IsName(rest)))
        {
            return (rest.Length == 0 ? null : Bare(rest), "", startMs);
        }

        if (TimeAfter().Match(line) is { Success: true } after && SpeakerLabel.IsName(after.Groups["name"].Value))
        {
            return (Bare(after.Groups["name"].Value), after.Groups["words"].Value.Trim(), TimeStamp.Ms(after.Groups["time"].Value));
        }

        var (name, words) = SpeakerLabel.Split(rest);
        return (name is null ? null : Bare(name), words, startMs);
    }

    static string Bare(string name) => name.Trim(' ', '[', ']', '-', '–', '|', ',', ':', '_', '*');

    [GeneratedRegex(@"^(>+|[-•]) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Bullet();

    /// <summary>A time in front of a line, such as [00:03].</summary>
    [GeneratedRegex(
        $@"^[\[(]?(?<time>{TimeStamp.Pattern})( ?[AaPp]\.?[Mm]\.?)?[\])]?( ?[-–|:])?( |$)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TimeBefore();

    /// <summary>A name and a time, such as Ana Keller 0:03 or Ana Keller (0:03): Hello.</summary>
    [GeneratedRegex(
        $@"^(?<name>[^:]{{1,60}}?) ?[-–|,]? ?[\[(]?(?<time>{TimeStamp.Pattern})( ?[AaPp]\.?[Mm]\.?)?[\])]?( ?:(?<words>.*))?$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TimeAfter();
}
