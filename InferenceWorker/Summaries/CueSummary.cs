using System.Text.RegularExpressions;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>
/// A call's summary without a model: its sentences that have the cues of a need, an objection, a commitment or a next step, word for word,
/// the newest where there are too many. The cues are English.
/// </summary>
public static partial class CueSummary
{
    // A shorter sentence says too little by itself.
    const int FewestWords = 4;

    const RegexOptions Cue = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Sums up.</summary>
    /// <param name="lines">What was said, oldest first.</param>
    public static CallSummary Of(IReadOnlyList<SpokenLine> lines)
    {
        var sentences = lines
            .SelectMany(line => ExtractiveSummary.Sentences(PromptData.Clean(line.Text)).Select(text => (line.Speaker, Text: text)))
            .Where(sentence => sentence.Text.Split(' ').Length >= FewestWords)
            .ToList();
        var customer = sentences.FindAll(sentence => sentence.Speaker == Speaker.Customer);
        return new(
            Newest(customer, Need()),
            Newest(customer, Objection()),
            Newest(sentences, Commitment(), named: true),
            Newest(sentences, NextStep()),
            SummarySource.Cues);
    }

    static IReadOnlyList<string> Newest(List<(Speaker Speaker, string Text)> sentences, Regex cue, bool named = false) =>
    [
        .. sentences.Where(sentence => cue.IsMatch(sentence.Text))
            .Select(sentence => named ? $"{Name(sentence.Speaker)}: {sentence.Text}" : sentence.Text)
            .Where(text => text.Length <= CallSummary.CharactersAtMost)
            .Distinct(StringComparer.OrdinalIgnoreCase).TakeLast(CallSummary.ItemsAtMost),
    ];

    static string Name(Speaker speaker) => speaker == Speaker.Rep ? "Rep" : "Customer";

    [GeneratedRegex(
        @"\b(?:we need|i need|needs? to|must|have to|has to|required?|looking for|we want|i want|would like|our goal"
        + @"|struggl\w+|takes us|too slow|important (?:to|for) us)\b",
        Cue, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Need();

    [GeneratedRegex(
        @"\b(?:expensive|cheaper|too (?:much|high|long|complicated)|can't|cannot|won't|not sure|worr(?:y|ied)|concern(?:s|ed)?"
        + @"|risk|afraid|already (?:have|use)|happy with|competitor|no budget|locked in|but|however)\b",
        Cue, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Objection();

    [GeneratedRegex(
        @"\b(?:i'll|i will|we'll|we will|let me (?:send|check|ask|bring|get)|promise|i can (?:send|have|bring)|agreed?)\b",
        Cue, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Commitment();

    [GeneratedRegex(
        @"\b(?:next (?:step|week|month|call|meeting)|follow up|schedule|calendar|invite|tomorrow"
        + @"|(?:on|by|this|until) (?:monday|tuesday|wednesday|thursday|friday)|talk again|meet(?:ing)? (?:on|with))\b",
        Cue, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NextStep();
}
