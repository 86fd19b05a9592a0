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

    /// <summary>Sums up.</summary>
    /// <param name="lines">What was said, oldest first.</param>
    public static CallSummary Of(IReadOnlyList<SpokenLine> lines)
    {
        var sentences = lines
            .SelectMany(line => ExtractiveSummary.Sentences(PromptData.Clean(line.Text)).Select(text => (line.Speaker, Text: text)))
            .Where(sentence => sentence.Text.Split(' ').Length >= FewestWords)
            .ToList();
        var customer = sentences.Where(sentence => sentence.Speaker == Speaker.Customer).ToList();
        return new(
            Newest(customer.Where(sentence => Need().IsMatch(sentence.Text)).Select(sentence => sentence.Text)),
            Newest(customer.Where(sentence => Objection().IsMatch(sentence.Text)).Select(sentence => sentence.Text)),
            Newest(sentences.Where(sentence => Commitment().IsMatch(sentence.Text))
                .Select(sentence => $"{Name(sentence.Speaker)}: {sentence.Text}")),
            Newest(sentences.Where(sentence => NextStep().IsMatch(sentence.Text)).Select(sentence => sentence.Text)),
            SummarySource.Cues);
    }

    static IReadOnlyList<string> Newest(IEnumerable<string> sentences) =>
    [
        .. sentences.Where(text => text.Length <= CallSummary.CharactersAtMost)
            .Distinct(StringComparer.OrdinalIgnoreCase).TakeLast(CallSummary.ItemsAtMost),
    ];

    static string Name(Speaker speaker) => speaker == Speaker.Rep ? "Rep" : "Customer";

    [GeneratedRegex(
        @"\b(?:we need|i need|needs? to|must|have to|has to|required?|looking for|we want|i want|would like|our goal"
        + @"|struggl\w+|takes us|too slow|important (?:to|for) us)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Need();

    [GeneratedRegex(
        @"\b(?:expensive|cheaper|too (?:much|high|long|complicated)|can't|cannot|won't|not sure|worr(?:y|ied)|concern(?:s|ed)?"
        + @"|risk|afraid|already (?:have|use)|happy with|competitor|no budget|locked in|but|however)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Objection();

    [GeneratedRegex(
        @"\b(?:i'll|i will|we'll|we will|let me (?:send|check|ask|bring|get)|promise|i can (?:send|have|bring)|agreed?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commitment();

    [GeneratedRegex(
        @"\b(?:next (?:step|week|month|call|meeting)|follow up|schedule|calendar|invite|tomorrow"
        + @"|(?:on|by|this|until) (?:monday|tuesday|wednesday|thursday|friday)|talk again|meet(?:ing)? (?:on|with))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextStep();
}
