using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>Finds sentences that only report an earlier talk, as in "We were talking about the pilot": they ask nothing. English.</summary>
static partial class ReportedTalk
{
    /// <summary>Whether a sentence only reports a talk; one that goes on to ask, want or object does more.</summary>
    /// <param name="words">Its spoken words, joined by spaces.</param>
    public static bool Is(string words) => Report().IsMatch(words) && !More().IsMatch(words);

    [GeneratedRegex(
        @"^((yeah|yes|yep|well|so|right|okay|no|and|oh)\s)*(i|we|you|he|she|they|somebody|someone)('ve|\shave|\shad)?\s"
        + @"((were|was|been|just|already|also|briefly)\s)*"
        + @"(talk(ed|ing)|spoke|spoken|speaking|discuss(ed|ing)|mentioned|covered|told|(went|gone)\s(through|over)|touched|brought)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Report();

    [GeneratedRegex(
        @".\b(what|how|which|when|where|who|why|whether|if|and|but|because|that|can|could|would|should|needs?|wants?|too|still|not|no)\b"
        + @"|n't\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex More();
}
