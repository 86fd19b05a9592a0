using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.ClientSdk;

/// <summary>
/// What a streaming recogniser would give for a written-down call: interim text word by word, a segment a sentence. Words share the turn's
/// time by their length. The twin of the browser's script, pinned by the same golden case.
/// </summary>
public static class CallScript
{
    /// <summary>A word shows this long after it began, a final comes this long after its last word; in milliseconds.</summary>
    public const long RecognitionMs = 120;

    /// <summary>The breath between two sentences of a turn, in milliseconds.</summary>
    public const long BreathMs = 340;

    /// <summary>Expands a call.</summary>
    /// <param name="play">Begins every segment's id, so that a call can be played twice in one connection.</param>
    public static IReadOnlyList<TimedSegment> Of(IReadOnlyList<CallTurn> turns, string play) =>
        [.. turns.SelectMany((turn, index) => Speak(turn, $"{play}-{index + 1}")).OrderBy(timed => timed.AtMs)];

    static IEnumerable<TimedSegment> Speak(CallTurn turn, string turnId)
    {
        var sentences = Split(turn.Text);
        var letters = sentences.Sum(sentence => sentence.Sum(word => word.Length + 1));
        var speech = turn.EndMs - turn.StartMs - BreathMs * (sentences.Count - 1);
        var spoken = 0L;
        for (var index = 0; index < sentences.Count; index++)
        {
            var sentence = sentences[index];
            var began = turn.StartMs + BreathMs * index;
            long Moment() => began + speech * spoken / letters;
            var startMs = Moment();
            TranscriptSegment Segment(int words, bool final) =>
                new($"{turnId}-{index + 1}", turn.Speaker, string.Join(' ', sentence.Take(words)), final, null, startMs, Moment());

            for (var position = 0; position < sentence.Count; position++)
            {
                var atMs = Moment() + RecognitionMs;
                spoken += sentence[position].Length + 1;
                yield return new(atMs, Segment(position + 1, final: false));
            }

            yield return new(Moment() + RecognitionMs, Segment(sentence.Count, final: true));
        }
    }

    static List<List<string>> Split(string text)
    {
        List<List<string>> sentences = [[]];
        foreach (var word in text.Split(' '))
        {
            sentences[^1].Add(word);
            if (TurnEnd.PauseAfter(word) <= TurnEnd.AfterSentence)
            {
                sentences.Add([]);
            }
        }

        return sentences[^1].Count == 0 ? sentences[..^1] : sentences;
    }
}
