using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>A call in lines: <c>rep:</c> or <c>customer:</c> and the words; blank lines and lines that begin with <c>#</c> are skipped. Times follow from the words.</summary>
static class PlainCall
{
    /// <summary>160 words a minute, a usual pace of English conversation, in milliseconds a word.</summary>
    const long WordMs = 375;

    /// <summary>The wait before the other one speaks, in milliseconds; longer than what level 1 takes for the end of a sentence.</summary>
    const long BetweenTurnsMs = 900;

    const int MostCharacters = 2000;

    /// <summary>Parses the lines.</summary>
    /// <param name="file">Names the file in errors.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="InputException">A line is wrong.</exception>
    public static RecordedCall Parse(string file, string text)
    {
        var turns = new List<CallTurn>();
        var number = 0;
        var startMs = 0L;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Trim().TrimStart('\uFEFF');
            if (words.Length == 0 || words[0] == '#')
            {
                continue;
            }

            var turn = Turn(words, startMs) ?? throw InputException.At(
                file, number, $"A line begins with 'rep:' or 'customer:' and has 1 to {MostCharacters} characters of words after it.");
            turns.Add(turn);
            startMs = turn.EndMs + BetweenTurnsMs;
        }

        return new RecordedCall(CallBrief.Empty, turns);
    }

    static CallTurn? Turn(string line, long startMs)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var said = string.Join(' ', line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Speaker? speaker = line[..colon].TrimEnd().ToLowerInvariant() switch
        {
            "rep" => Speaker.Rep,
            "customer" => Speaker.Customer,
            _ => null,
        };
        return speaker is { } known && said.Length is > 0 and <= MostCharacters
            ? new CallTurn(known, said, startMs, startMs + (WordMs * said.Split(' ').Length))
            : null;
    }
}
