namespace Teleprompter.Tests.Load;

/// <summary>A customer's line at speaking pace, as a simulated recogniser tells it.</summary>
/// <param name="EndMs">When the last word ends, since the line began, in milliseconds.</param>
/// <param name="Heard">Interims without the mark at the end, then the final.</param>
sealed record SpokenLine(double EndMs, IReadOnlyList<RecognisedWords> Heard)
{
    const double FirstInterimMs = 350;
    const double InterimEveryMs = 200;
    const double WordKnownAfterMs = 150;
    const double FinalAfterMs = 250;

    /// <summary>Speaks a line: 130 ms a word and 45 ms a character.</summary>
    public static SpokenLine Of(string text)
    {
        var words = text.Split(' ');
        var ends = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            ends[i] = (i > 0 ? ends[i - 1] : 0) + 130 + (45 * words[i].Length);
        }

        var heard = new List<RecognisedWords>();
        for (var at = FirstInterimMs; at < ends[^1] + FinalAfterMs; at += InterimEveryMs)
        {
            if (ends.Count(end => end <= at - WordKnownAfterMs) is > 0 and var known)
            {
                heard.Add(new RecognisedWords(at, string.Join(' ', words[..known]).TrimEnd('.', '?', '!'), Final: false));
            }
        }

        return new SpokenLine(ends[^1], [.. heard, new RecognisedWords(ends[^1] + FinalAfterMs, text, Final: true)]);
    }
}
