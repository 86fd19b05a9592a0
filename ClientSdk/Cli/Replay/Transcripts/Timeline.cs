using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>Gives every line of a transcript its times, and splits what is too long for one turn. Times of the file are kept.</summary>
static class Timeline
{
    /// <summary>160 words a minute, a usual pace of English conversation, in milliseconds a word.</summary>
    const long WordMs = 375;

    /// <summary>The pause before the next line, in milliseconds; longer than level 1 waits at the end of a sentence.</summary>
    const long BetweenLinesMs = 900;

    /// <summary>The characters of one turn: half a minute of speech, which is about what transcribers put into a segment.</summary>
    const int MostCharacters = 500;

    /// <summary>A file whose first line is later than this has times of the day; they are counted from the first line.</summary>
    const long LatestStartMs = 10 * 60 * 1000;

    /// <summary>Makes turns of lines.</summary>
    public static IReadOnlyList<CallTurn> Of(IReadOnlyList<SpokenLine> lines, Func<string, Speaker> role)
    {
        if (lines.All(line => line.StartMs is not null))
        {
            lines = [.. lines.OrderBy(line => line.StartMs)];
        }

        var origin = lines.FirstOrDefault(line => line.StartMs is not null)?.StartMs is { } first and > LatestStartMs ? first : 0;
        var turns = new List<CallTurn>();
        var nextMs = 0L;
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            var startMs = Math.Max(0, line.StartMs - origin ?? nextMs);
            var endMs = line.EndMs - origin ?? End(startMs, line.Text, lines.ElementAtOrDefault(at + 1)?.StartMs - origin);
            endMs = Math.Max(endMs, startMs + Shortest(line.Text));
            nextMs = Math.Max(nextMs, endMs + BetweenLinesMs);
            turns.AddRange(Split(role(line.Speaker!), line.Text, startMs, endMs));
        }

        return turns;
    }

    static long End(long startMs, string text, long? followingMs)
    {
        var spoken = startMs + (WordMs * Words(text));
        return followingMs > startMs ? Math.Min(spoken, followingMs.Value) : spoken;
    }

    // A segment a sentence, with the breath between them, must fit.
    static long Shortest(string text) =>
        (60 * Words(text)) + (CallScript.BreathMs * Math.Max(0, text.AsSpan().CountAny('.', '?', '!', ';') - 1));

    static int Words(string text) => 1 + text.AsSpan().Count(' ');

    static IEnumerable<CallTurn> Split(Speaker speaker, string text, long startMs, long endMs)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Length(text.AsSpan(at));
            yield return new CallTurn(speaker, text.Substring(at, length).Trim(), Moment(at), Moment(at + length));
            at += length;
        }

        long Moment(int at) => startMs + ((endMs - startMs) * at / text.Length);
    }

    /// <summary>How much of a text makes the next turn: up to the last sentence that fits, else up to the last word.</summary>
    static int Length(ReadOnlySpan<char> text)
    {
        if (text.Length <= MostCharacters)
        {
            return text.Length;
        }

        var head = text[..MostCharacters];
        var sentence = Math.Max(head.LastIndexOf(". "), Math.Max(head.LastIndexOf("? "), head.LastIndexOf("! ")));
        var word = head.LastIndexOf(' ');
        return sentence > 0 ? sentence + 2 : word > 0 ? word + 1 : MostCharacters - (char.IsHighSurrogate(head[^1]) ? 1 : 0);
    }
}
