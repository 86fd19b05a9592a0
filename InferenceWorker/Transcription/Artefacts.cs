using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Removes what Whisper writes although nobody said it: sounds in brackets, the ends of videos it was trained on, its own prompt, loops,
/// and sentences in a script that the call's language does not use. Each sentence is judged by itself.
/// </summary>
public static partial class Artefacts
{
    const int LoopTimes = 4;
    const int LoopWords = 8;

    /// <summary>A sentence that comes this often in a row is a loop; people say "No. No." twice.</summary>
    const int LoopSentences = 3;

    // More is no speech: even fast speakers stay below 30 characters a second.
    const double CharactersPerSecond = 40;

    /// <summary>Cleans what an engine wrote.</summary>
    /// <param name="prompt">What the engine was told before; null for nothing.</param>
    /// <param name="duration">The length of the stretch.</param>
    /// <param name="language">BCP 47 tag of the call; null for English.</param>
    /// <param name="reason">Why something was taken out, in camelCase; null when nothing was.</param>
    /// <returns>What was said; empty when nothing was.</returns>
    public static string Clean(string text, string? prompt, TimeSpan duration, string? language, out string? reason)
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

        if (VideoEndings.AreAll(plain))
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

        var once = UnspacedLoop().Replace(WithoutLoop(said.Split(' ')) ?? said, "${once}");
        reason = once == said ? reason : "loop";
        return Spoken(once, language, ref reason);
    }

    /// <summary>The text as phrases are compared: lower case, letters and digits only.</summary>
    public static string Plain(string text) => Spaces().Replace(NoWord().Replace(text.ToLowerInvariant(), ""), " ").Trim();

    /// <summary>The sentences that somebody may have said; the text itself where all of them may be.</summary>
    static string Spoken(string text, string? language, ref string? reason)
    {
        var kept = new List<string>();
        var (last, times, dropped) = ("", 0, false);
        foreach (var sentence in Sentence().Matches(text).Select(match => match.Value))
        {
            var plain = Plain(sentence);
            times = plain == last ? times + 1 : 1;
            last = plain;
            var wrong = VideoEndings.IsOne(plain) ? "phrase" : Scripts.Foreign(sentence, language) ? "script" : null;
            if (wrong is null && times >= LoopSentences && plain.Length > 0)
            {
                wrong = "loop";
                if (times == LoopSentences)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }

            (dropped, reason) = (dropped || wrong is not null, wrong ?? reason);
            if (wrong is null)
            {
                kept.Add(sentence);
            }
        }

        return dropped ? string.Concat(kept).Trim() : text;
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

    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|<\|[^|]*\|>|[♪♫]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Sounds();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}\s]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoWord();

    /// <summary>A sentence with the space after it. A dot ends one only before a space: Amara.org is one word.</summary>
    [GeneratedRegex(@".*?(?:[.!?…]+[""'”’»)\]]*(?:\s+|$)|[。！？।؟።]+[」』”]*\s*|$)", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Sentence();

    /// <summary>A loop in a script that puts no spaces between words.</summary>
    [GeneratedRegex(
        @"(?<once>[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsThai}\p{IsLao}\p{IsKhmer}\p{IsMyanmar}、，]{1,24}?)"
        + @"\k<once>{3,}",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex UnspacedLoop();
}
