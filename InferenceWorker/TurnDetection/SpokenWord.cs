using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>A word as it sounds: spelling that speech does not hear is taken off.</summary>
/// <param name="Text">Lower case, without apostrophes and hyphens, and not drawn out, so that "Hmmm", "hmm" and "Hm" are one word.</param>
/// <param name="Asks">Whether a question mark follows.</param>
readonly partial record struct SpokenWord(string Text, bool Asks)
{
    /// <summary>The words of a text; what stands between them is skipped.</summary>
    public static SpokenWord[] In(string text) =>
        [
            .. Written().Matches(text).Select(match => new SpokenWord(
                Sound(match.Groups["word"].Value), match.Groups["end"].Value.Contains('?', StringComparison.Ordinal))),
        ];

    static string Sound(string word)
    {
        var sound = DrawnOut().Replace(Joiners().Replace(word, "").ToLowerInvariant(), "${letter}");
        return sound.TrimEnd(sound[^1]) + sound[^1];
    }

    [GeneratedRegex(
        @"(?<word>[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*)(?<end>[^\p{L}\p{N}]*)", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Written();

    [GeneratedRegex("['’-]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Joiners();

    [GeneratedRegex(@"(?<letter>\p{L})\k<letter>{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DrawnOut();
}
