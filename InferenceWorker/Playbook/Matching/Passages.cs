namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>Cuts a turn into the passages that are matched on their own: its sentences, and windows of those that run on.</summary>
static class Passages
{
    const int RunsOn = 14;
    const int Window = 10;
    const int Step = 4;

    // A card answers what was said last; this bounds the time that a monologue can take.
    const int Most = 24;

    /// <summary>The passages of a text, each as its stemmed words, the last ones first.</summary>
    public static IEnumerable<IReadOnlyList<string>> Of(string text) =>
        Sentences(text).Select(Words.Of).Where(words => words.Count > 0).SelectMany(Windows).Take(Most);

    static IEnumerable<string> Sentences(string text)
    {
        var end = text.Length;
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (text[at] is '.' or '?' or '!' or ';' or '\n' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])))
            {
                yield return text[(at + 1)..end];
                end = at + 1;
            }
        }

        yield return text[..end];
    }

    static IEnumerable<IReadOnlyList<string>> Windows(List<string> sentence)
    {
        yield return sentence;
        for (var end = sentence.Count; sentence.Count > RunsOn && end > Step; end -= Step)
        {
            var start = Math.Max(0, end - Window);
            yield return sentence.GetRange(start, end - start);
        }
    }
}
