namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>Cuts a turn into the passages that are matched: the whole, its sentences, and windows of those that run on.</summary>
static class Passages
{
    const int RunsOn = 14;
    const int Window = 10;

    // Windows begin at fixed places, so that those of a turn that grows stay the same and are embedded once.
    const int Step = 5;

    // A card answers what was said last; these bound the time that a monologue can take.
    const int LongestWhole = 60;
    const int LongestSentence = 30;
    const int MostParts = 6;

    /// <summary>The passages of a text, each as its spoken words joined by spaces: the whole first, then the last parts.</summary>
    /// <returns>Nothing when the text has no words, or only reports an earlier talk.</returns>
    public static string[] Of(string text)
    {
        var sentences = Sentences(text).Select(sentence => SpokenWords.Of(sentence))
            .Where(words => words.Count > 0 && !ReportedTalk.Is(string.Join(' ', words))).ToList();
        if (sentences.Count == 0)
        {
            return [];
        }

        var whole = string.Join(' ', sentences.SelectMany(words => words).TakeLast(LongestWhole));
        var parts = sentences.SelectMany(Parts).Distinct(StringComparer.Ordinal);
        return [whole, .. parts.Where(part => part != whole).TakeLast(MostParts)];
    }

    static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '.' or '?' or '!' or ';' or '\n' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])))
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        yield return text[start..];
    }

    static IEnumerable<string> Parts(List<string> sentence)
    {
        if (sentence.Count <= LongestSentence)
        {
            yield return string.Join(' ', sentence);
        }

        for (var start = 0; sentence.Count > RunsOn && start + Window < sentence.Count + Step; start += Step)
        {
            yield return string.Join(' ', sentence[start..Math.Min(start + Window, sentence.Count)]);
        }
    }
}
