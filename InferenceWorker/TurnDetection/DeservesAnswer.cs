using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// Whether a customer's turn asks for a suggestion: signs of listening and the rep's own words come back do not. In doubt it does,
/// because a missed question costs more than a needless card. English; words of other languages always deserve an answer unless they echo.
/// </summary>
public static partial class DeservesAnswer
{
    /// <summary>Fewer words than this are never an echo: people repeat short phrases for good reasons.</summary>
    public const int EchoWords = 4;

    /// <summary>More than this share of a turn's words must be the rep's, in their order, for an echo.</summary>
    public const double EchoShare = 0.8;

    const int LongestSign = 6;

    static readonly FrozenSet<string> signs = Phrases(
        "yeah, yep, yup, yes, ya, aye, ok, okay, k, right, alright, all right, sure, sure thing, mm, mhm, mmhm, hm, uhhuh, ah, aha, oh, ooh, huh, wow, really, " +
        "exactly, absolutely, definitely, totally, indeed, certainly, true, gotcha, understood, noted, agreed, great, good, cool, nice, perfect, fine, " +
        "awesome, excellent, wonderful, lovely, fantastic, brilliant, interesting, thanks, thank you, thanks a lot, thank you so much, thank you very much, cheers, " +
        "got it, i got it, i get it, i get that, i see, i see that, i see what you mean, i know, i know what you mean, i hear you, i understand, i follow, i agree, " +
        "makes sense, that makes sense, it makes sense, that makes a lot of sense, makes total sense, makes perfect sense, " +
        "sounds good, sounds great, sounds fair, that sounds good, that sounds great, that works, " +
        "fair enough, fair, fair point, thats fair, good point, thats a good point, of course, for sure, no problem, no worries, not bad, " +
        "go ahead, go on, carry on, good to know, thats good to know, thats good, thats great, thats nice, thats right, thats true, thats interesting, thats helpful, " +
        "thats about right, very good, very nice, very interesting, very helpful, you bet, no doubt, bye, goodbye");

    static readonly FrozenSet<string> fillers = Phrases("um, uh, er, erm, well, so, and, but, then, now, like, just, you know, i mean, lets see, let me see");

    /// <summary>Why a turn needs no answer.</summary>
    /// <param name="turnText">The customer's turn, all its words.</param>
    /// <param name="recentRepWords">What the rep said lately, oldest first; a few turns are enough.</param>
    /// <returns><see cref="SettleReason.Backchannel"/>, <see cref="SettleReason.Echo"/>, or null when the turn deserves an answer.</returns>
    public static SettleReason? Refusal(string turnText, string recentRepWords)
    {
        var turn = Words(Noise().Replace(turnText, " "));
        if (OnlySigns(turn))
        {
            return SettleReason.Backchannel;
        }

        return IsEcho(turn, Words(recentRepWords)) ? SettleReason.Echo : null;
    }

    /// <summary>Whether signs of listening make up the whole turn. "So?" and "And?" are questions, "so" and "and" are not.</summary>
    static bool OnlySigns(Word[] turn)
    {
        var asks = turn.Any(word => word.Asks);
        for (var at = 0; at < turn.Length;)
        {
            var length = Math.Min(LongestSign, turn.Length - at);
            while (length > 0 && !IsSign(turn.AsSpan(at, length), asks))
            {
                length--;
            }

            if (length == 0)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    static bool IsSign(ReadOnlySpan<Word> words, bool asks)
    {
        var phrase = string.Join(' ', words.ToArray().Select(word => word.Text));
        return signs.Contains(phrase) || !asks && fillers.Contains(phrase) || Laughter().IsMatch(phrase);
    }

    /// <summary>
    /// Looks for a stretch of the rep's words, a quarter longer than the turn at most, that holds nearly all of the turn's words in order.
    /// A question that the rep did not ask is the customer's own, whatever its words.
    /// </summary>
    static bool IsEcho(Word[] turn, Word[] rep)
    {
        if (turn.Length < EchoWords)
        {
            return false;
        }

        var span = turn.Length + turn.Length / 4;
        var needed = (int)(EchoShare * turn.Length) + 1;
        var asks = turn[^1].Asks;
        for (var start = 0; start + needed <= rep.Length; start++)
        {
            var stretch = rep.AsSpan(start, Math.Min(span, rep.Length - start));
            if (InOrder(turn, stretch) >= needed && (!asks || Asks(stretch)))
            {
                return true;
            }
        }

        return false;
    }

    static bool Asks(ReadOnlySpan<Word> words)
    {
        foreach (var word in words)
        {
            if (word.Asks)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The length of the longest common subsequence.</summary>
    static int InOrder(ReadOnlySpan<Word> turn, ReadOnlySpan<Word> stretch)
    {
        var row = new int[stretch.Length + 1];
        foreach (var word in turn)
        {
            var diagonal = 0;
            for (var column = 1; column <= stretch.Length; column++)
            {
                var above = row[column];
                row[column] = word.Text == stretch[column - 1].Text ? diagonal + 1 : Math.Max(above, row[column - 1]);
                diagonal = above;
            }
        }

        return row[^1];
    }

    static Word[] Words(string text) =>
        [.. Spoken().Matches(text).Select(match => new Word(Plain(match.Groups["word"].Value), match.Groups["end"].Value.Contains('?', StringComparison.Ordinal)))];

    /// <summary>Lower case, without apostrophes and hyphens, and not drawn out, so that "Hmmm", "hmm" and "Hm" are one word.</summary>
    static string Plain(string word)
    {
        var plain = DrawnOut().Replace(Joiners().Replace(word, "").ToLowerInvariant(), "${letter}");
        return plain.Length == 0 ? plain : plain.TrimEnd(plain[^1]) + plain[^1];
    }

    static FrozenSet<string> Phrases(string list) =>
        list.Split(", ").Select(phrase => string.Join(' ', phrase.Split(' ').Select(Plain))).ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<word>[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*)(?<end>[^\p{L}\p{N}]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Spoken();

    [GeneratedRegex("['’-]", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Joiners();

    [GeneratedRegex(@"(?<letter>\p{L})\k<letter>{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex DrawnOut();

    /// <summary>What recognisers and captions write for sounds: [laughs], (coughing), *chuckles*.</summary>
    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Noise();

    [GeneratedRegex("^((ha)+h?|(he){2,}h?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Laughter();

    readonly record struct Word(string Text, bool Asks);
}
