using System.Text.RegularExpressions;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>
/// A summary without a model: the sentences with numbers, questions, objections and commitments, word for word. Objections and commitments
/// are known by English words; in other languages numbers and questions are kept.
/// </summary>
public static partial class ExtractiveSummary
{
    /// <summary>Makes the next summary; the newest sentences win.</summary>
    /// <param name="previous">The summary so far, whoever made it; null for the first.</param>
    /// <param name="lines">The new lines, oldest first.</param>
    /// <returns>The sentences in the order they were said, each under its speaker; perhaps empty.</returns>
    public static string Of(string? previous, IEnumerable<SpokenLine> lines, int budget)
    {
        var sentences = Sentences(PromptData.Clean(previous)).Concat(
            lines.SelectMany(line => Sentences(PromptData.Clean(line.Text))
                .Where(sentence => Matters().IsMatch(sentence))
                .Select(sentence => Tag(line.Speaker) + sentence)));
        var left = budget;
        var kept = new Stack<string>();
        foreach (var sentence in sentences.Reverse())
        {
            left -= TokenEstimate.Of(sentence);
            if (left < 0)
            {
                break;
            }

            kept.Push(sentence);
        }

        return string.Join(' ', kept);
    }

    /// <summary>The sentences of a text.</summary>
    internal static IEnumerable<string> Sentences(string text) => SentenceEnd().Split(text).Where(sentence => sentence.Length > 0);

    // No colon: that would make it look like a line of the transcript.
    static string Tag(Speaker speaker) => speaker == Speaker.Rep ? "(rep) " : "(customer) ";

    [GeneratedRegex(@"(?<=[.!?])\s+|(?<=[。！？])\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"\d|[?？]|\b(?:hundred|thousand|million|percent|dollars?|euros?"
        + @"|january|february|march|april|may|june|july|august|september|october|november|december"
        + @"|monday|tuesday|wednesday|thursday|friday|next (?:week|month|quarter|year)|deadline|budget"
        + @"|but|however|expensive|cheaper|price|cost|competitor|contract|concern(?:ed)?|worr(?:y|ied)"
        + @"|risk|problem|issue|security|privacy|legal|compliance"
        + @"|can't|cannot|won't|don't|not sure|already (?:have|use)|boss|director|procurement|approv(?:e|al)"
        + @"|we need|i need|must|have to|want|looking for|i'll|we'll|i will|we will|let me"
        + @"|send|promise|agree(?:d)?|sign|schedule|follow up|decide)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Matters();
}
