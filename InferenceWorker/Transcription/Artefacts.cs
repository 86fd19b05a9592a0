using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Removes what Whisper writes although nobody said it: sounds in brackets, the ends of videos it was trained on, its own prompt, loops.
/// </summary>
/// <remarks>
/// The phrases are those reported most for silence and noise (Barański et al., "Investigation of Whisper ASR Hallucinations", 2025). They
/// are filtered only as a whole.
/// </remarks>
public static partial class Artefacts
{
    const int LoopTimes = 4;
    const int LoopWords = 8;

    // More is no speech: even fast speakers stay below 30 characters a second.
    const double CharactersPerSecond = 40;

    static readonly FrozenSet<string> phrases = new[]
    {
        "thank you for watching", "thanks for watching", "thank you so much for watching", "thank you very much for watching",
        "thank you for watching this video", "thanks for watching and ill see you in the next video", "ill see you in the next video",
        "see you in the next video", "please subscribe", "please subscribe to my channel", "dont forget to subscribe", "like and subscribe",
        "please like and subscribe", "subtitles by the amaraorg community", "subtitles by", "subtitles", "transcription by castingwords",
        "transcribed by httpsotterai", "copyright", "the end", "you", "bye bye bye", "music", "applause", "silence", "blank audio",
        "no audio", "inaudible", "foreign", "untertitel der amaraorgcommunity", "untertitel im auftrag des zdf für funk 2017",
        "soustitres réalisés para la communauté damaraorg", "vielen dank fürs zuschauen",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Cleans what an engine wrote.</summary>
    /// <param name="prompt">What the engine was told before; null for nothing.</param>
    /// <param name="duration">The length of the stretch.</param>
    /// <param name="reason">Why something was taken out, in camelCase; null when nothing was.</param>
    /// <returns>What was said; empty when nothing was.</returns>
    public static string Clean(string text, string? prompt, TimeSpan duration, out string? reason)
    {
        reason = null;
        var said = Spaces().Replace(Sounds().Replace(text, " "), " ").Trim();
        if (said.Length != Spaces().Replace(text, " ").Trim().Length)
        {
            reason = "sound";
        }

        var plain = Plain(said);
        if (plain.Length == 0)
        {
            reason ??= said.Length > 0 ? "punctuation" : null;
            return "";
        }

        if (phrases.Contains(plain))
        {
            reason = "phrase";
            return "";
        }

        if (prompt is not null && Plain(prompt).Contains(plain, StringComparison.Ordinal) && plain.Contains(' ', StringComparison.Ordinal))
        {
            reason = "prompt";
            return "";
        }

        if (said.Length > 20 + (CharactersPerSecond * duration.TotalSeconds))
        {
            reason = "tooFast";
            return "";
        }

        var looped = WithoutLoop(said.Split(' '));
        reason = looped is null ? reason : "loop";
        return looped ?? said;
    }

    /// <summary>
    /// The words up to the end of the first time round, where one to eight of them come four times or more in a row; null where none do.
    /// </summary>
    static string? WithoutLoop(string[] words)
    {
        for (var start = 0; start < words.Length; start++)
        {
            for (var length = 1; length <= LoopWords && start + (length * LoopTimes) <= words.Length; length++)
            {
                var times = 1;
                while (start + ((times + 1) * length) <= words.Length && Same(words, start, start + (times * length), length))
                {
                    times++;
                }

                if (times >= LoopTimes)
                {
                    string[] rest = [.. words[..(start + length)], .. words[(start + (times * length))..]];
                    return WithoutLoop(rest) ?? string.Join(' ', rest);
                }
            }
        }

        return null;
    }

    static bool Same(string[] words, int a, int b, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (!string.Equals(Plain(words[a + i]), Plain(words[b + i]), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    static string Plain(string text) => Spaces().Replace(NoWord().Replace(text.ToLowerInvariant(), ""), " ").Trim();

    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|<\|[^|]*\|>|[♪♫]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sounds();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}\s]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoWord();
}
