using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>The question in what somebody said.</summary>
static partial class AskedQuestion
{
    /// <summary>"Hopefully?" repeats a word, and asks nothing.</summary>
    const int FewestWords = 3;

    /// <summary>The last sentence that asks something; null where none does.</summary>
    public static string? LastIn(string words) => SentenceEnd().Split(words)
        .LastOrDefault(sentence => sentence.TrimEnd('"', '”', '\'', ' ').EndsWith('?') && sentence.Split(' ').Length >= FewestWords);

    [GeneratedRegex(@"(?<=[.!?…][""”']?)\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SentenceEnd();
}
