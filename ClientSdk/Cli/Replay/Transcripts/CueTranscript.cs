using System.Net;
using System.Text.RegularExpressions;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>
/// Subtitles: WebVTT and SubRip, as Teams, Zoom and Meet export them. A voice tag or a label names the speaker; a cue without one goes on
/// with the speaker before it.
/// </summary>
static partial class CueTranscript
{
    /// <summary>Whether a text has the times of cues.</summary>
    public static bool Is(string text) => text.StartsWith("WEBVTT", StringComparison.Ordinal) || Times().IsMatch(text);

    /// <inheritdoc cref="Transcript.Read"/>
    public static Transcript Read(string file, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var said = new List<SpokenLine>();
        string? speaker = null;
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].Contains("-->", StringComparison.Ordinal))
            {
                continue;
            }

            var times = Times().Match(lines[at]);
            if (!times.Success)
            {
                throw InputException.At(file, at + 1, "The times of a cue are written as in 00:00:03.120 --> 00:00:06.480.");
            }

            var first = said.Count;
            for (; at + 1 < lines.Length && IsPayload(lines[at + 1]); at++)
            {
                Add(said, first, at + 2, lines[at + 1], ref speaker);
            }

            if (said.Count > first)
            {
                said[first] = said[first] with { StartMs = TimeStamp.Ms(times.Groups["start"].Value) };
                said[^1] = said[^1] with { EndMs = TimeStamp.Ms(times.Groups["end"].Value) };
            }
        }

        return new Transcript(said);
    }

    static bool IsPayload(string line) => !string.IsNullOrWhiteSpace(line) && !line.Contains("-->", StringComparison.Ordinal);

    /// <summary>Adds a line of a cue: to what its speaker says in this cue, or as what another one says.</summary>
    static void Add(List<SpokenLine> said, int first, int line, string payload, ref string? speaker)
    {
        foreach (var (voice, raw) in Voices(payload))
        {
            var plain = WebUtility.HtmlDecode(Tags().Replace(raw, ""));
            var words = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var (label, text) = voice is null ? SpeakerLabel.Split(words.TrimStart('-', '>', ' ')) : (voice, words);
            var same = label is null || label == speaker;
            speaker = label ?? speaker;
            if (text.Length == 0)
            {
                continue;
            }

            if (same && said.Count > first)
            {
                said[^1] = said[^1] with { Text = $"{said[^1].Text} {text}" };
            }
            else
            {
                said.Add(new SpokenLine(line, speaker, text));
            }
        }
    }

    static IEnumerable<(string? Voice, string Text)> Voices(string payload)
    {
        var voices = Voice().Matches(payload);
        var end = voices.Count == 0 ? payload.Length : voices[0].Index;
        if (end > 0)
        {
            yield return (null, payload[..end]);
        }

        for (var at = 0; at < voices.Count; at++)
        {
            var start = voices[at].Index + voices[at].Length;
            var next = at + 1 < voices.Count ? voices[at + 1].Index : payload.Length;
            yield return (WebUtility.HtmlDecode(voices[at].Groups["name"].Value).Trim(), payload[start..next]);
        }
    }

    [GeneratedRegex(
        $@"^[ \t]*(?<start>{TimeStamp.Pattern})[ \t]*-->[ \t]*(?<end>{TimeStamp.Pattern})",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Times();

    [GeneratedRegex(@"<v(\.[^\s>]*)?\s+(?<name>[^>]*)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Voice();

    [GeneratedRegex(@"<[^>]*>|\{\\[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tags();
}
