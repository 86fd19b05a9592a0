using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>The words of a text as a recogniser would write them: lower case, without punctuation and hesitations.</summary>
static class SpokenWords
{
    static readonly FrozenSet<string> Hesitations = FrozenSet.ToFrozenSet(
        ["uh", "uhm", "um", "umm", "er", "erm", "ah", "hm", "hmm", "mm", "mmm", "mhm", "eh", "huh"], StringComparer.Ordinal);

    /// <summary>The words of a text, in order.</summary>
    public static List<string> Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && (char.IsLetterOrDigit(text[at]) || IsInnerApostrophe(text, at)))
            {
                continue;
            }

            if (at > start && Word(text[start..at]) is var word && !Hesitations.Contains(word))
            {
                words.Add(word);
            }

            start = at + 1;
        }

        return words;
    }

    static string Word(ReadOnlySpan<char> said) => string.Create(said.Length, said, static (word, said) =>
    {
        said.ToLowerInvariant(word);
        word.Replace('\u2019', '\'');
    });

    static bool IsInnerApostrophe(ReadOnlySpan<char> text, int at) =>
        text[at] is '\'' or '\u2019' && at > 0 && char.IsLetterOrDigit(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]);
}
