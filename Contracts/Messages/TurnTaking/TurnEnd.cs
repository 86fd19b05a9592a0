namespace Teleprompter.Contracts.TurnTaking;

/// <summary>
/// How long a silence must last after some words before the thought counts as complete: the rule of level 1.
/// </summary>
/// <remarks>
/// The numbers follow approximate field practice: Vapi's defaults wait about 0.1 s after punctuation and 1.5 s without,
/// LiveKit's end-of-turn delay starts at about 0.5 s. The TypeScript twin is pinned by the same golden cases.
/// </remarks>
public static class TurnEnd
{
    /// <summary>After a question or an exclamation: none, it asks for an answer.</summary>
    public static readonly TimeSpan AfterQuestion = TimeSpan.Zero;

    /// <summary>After a sentence: 400 ms, a little more than the breath between two sentences of one turn.</summary>
    public static readonly TimeSpan AfterSentence = TimeSpan.FromMilliseconds(400);

    /// <summary>After words without punctuation: 700 ms.</summary>
    public static readonly TimeSpan AfterWords = TimeSpan.FromMilliseconds(700);

    /// <summary>After words that promise more ("and", "because", "um", a comma): 1,500 ms.</summary>
    public static readonly TimeSpan AfterPromise = TimeSpan.FromMilliseconds(1500);

    /// <summary>
    /// A turn that waits ends at the latest this long after its first final segment: 6 s, even while its speaker goes on.
    /// </summary>
    public static readonly TimeSpan MaximumWait = TimeSpan.FromSeconds(6);

    const string Questions = "?!？！؟";
    const string Stops = ".。।";
    const string Promises = ",:;-–—…，、：；،";
    const string Closers = "\"'”’»)]}」』）";

    /// <summary>The silence after these words at which the thought counts as complete.</summary>
    /// <param name="text">What was said so far; trailing space is ignored.</param>
    /// <param name="language">
    /// BCP 47 tag; absent means English. Languages whose words are not known are judged by punctuation and pauses only.
    /// </param>
    public static TimeSpan PauseAfter(string text, string? language = null)
    {
        var said = text.AsSpan().TrimEnd().TrimEnd(Closers).TrimEnd();
        if (said.IsEmpty)
            return AfterWords;

        var words = TurnWords.Of(language);
        var last = said[^1];
        if (Questions.Contains(last, StringComparison.Ordinal))
            return AfterQuestion;
        if (Promises.Contains(last, StringComparison.Ordinal) || said.EndsWith("..", StringComparison.Ordinal))
            return AfterPromise;

        var word = LastWord(said);
        if (Stops.Contains(last, StringComparison.Ordinal))
            return words?.IsAbbreviation(word[..^1]) is true ? AfterWords : AfterSentence;
        return words?.Promises.Contains(word) is true ? AfterPromise : AfterWords;
    }

    static string LastWord(ReadOnlySpan<char> said)
    {
        var start = said.LastIndexOfAny(' ', '\t', '\n') + 1;
        return said[start..].TrimStart("\"'“‘«([{").ToString().ToLowerInvariant().Replace('’', '\'');
    }
}
