using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>A word as it sounds: spelling that speech does not hear is taken off.</summary>
/// <param name="Text">Lower case, without apostrophes and hyphens, and not drawn out, so that "Hmmm", "hmm" and "Hm" are one word.</param>
/// <param name="Asks">Whether a question mark follows.</param>
readonly partial record struct SpokenWord(string Text, bool Asks)
{
    /// <summary>The words of a text; what stands between them is skipped.</summary>
    public static SpokenWord[] In(string text)
    {
        var words = new List<SpokenWord>();
        var end = 0;
        foreach (var word in Written().EnumerateMatches(text))
        {
            MarkLast(text.AsSpan(end, word.Index - end));
            words.Add(new SpokenWord(Sound(text.Substring(word.Index, word.Length)), Asks: false));
            end = word.Index + word.Length;
        }

        MarkLast(text.AsSpan(end));
        return [.. words];

        void MarkLast(ReadOnlySpan<char> between)
        {
            if (words.Count > 0 && between.Contains('?'))
            {
                words[^1] = words[^1] with { Asks = true };
            }
        }
    }

    /// <summary>How many words a text has.</summary>
    public static int CountIn(string text) => Written().Count(text);

    // Most words are neither joined nor drawn out.
    static string Sound(string word)
    {
        var sound = (word.AsSpan().ContainsAny('\'', '’', '-') ? Joiners().Replace(word, "") : word).ToLowerInvariant();
        for (var at = 1; at < sound.Length; at++)
        {
            if (sound[at] == sound[at - 1])
            {
                sound = DrawnOut().Replace(sound, "${letter}");
                return sound.TrimEnd(sound[^1]) + sound[^1];
            }
        }

        return sound;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Written();

    [GeneratedRegex("['’-]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Joiners();

    [GeneratedRegex(@"(?<letter>\p{L})\k<letter>{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DrawnOut();
}
