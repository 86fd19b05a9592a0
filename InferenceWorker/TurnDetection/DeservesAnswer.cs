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
    const int LongestSign = 6;

    static readonly FrozenSet<string> signs = Phrases(
        "yeah, yep, yup, yes, ya, aye, ok, okay, k, right, alright, all right, sure, sure thing, mm, mhm, mmhm, hm, uhhuh, ah, aha, oh, "
        + "ooh, huh, wow, really, " +
        "exactly, absolutely, definitely, totally, indeed, certainly, true, gotcha, understood, noted, agreed, great, good, cool, nice, "
        + "perfect, fine, " +
        "awesome, excellent, wonderful, lovely, fantastic, brilliant, interesting, thanks, thank you, thanks a lot, thank you so much, "
        + "thank you very much, cheers, " +
        "got it, i got it, i get it, i get that, i see, i see that, i see what you mean, i know, i know what you mean, i hear you, i "
        + "understand, i follow, i agree, " +
        "makes sense, that makes sense, it makes sense, that makes a lot of sense, makes total sense, makes perfect sense, " +
        "sounds good, sounds great, sounds fair, that sounds good, that sounds great, that works, " +
        "fair enough, fair, fair point, thats fair, good point, thats a good point, of course, for sure, no problem, no worries, not bad, "
        + "" +
        "go ahead, go on, carry on, good to know, thats good to know, thats good, thats great, i like that, that helps, thats nice, thats "
        + "right, thats true, thats interesting, thats helpful, " +
        "thats about right, very good, very nice, very interesting, very helpful, you bet, no doubt, loud and clear, i can hear you, bye, "
        + "goodbye");

    static readonly FrozenSet<string> fillers = Phrases(
        "um, uh, er, erm, well, so, and, but, then, now, like, just, you know, i mean, lets see, let me see");

    /// <summary>Why a turn needs no answer.</summary>
    /// <param name="turnText">The customer's turn, all its words.</param>
    /// <param name="recentRepWords">What the rep said lately, oldest first; a few turns are enough.</param>
    /// <param name="before">How many of the rep's words were spoken early enough to come back as the turn's first.</param>
    /// <returns>
    /// <see cref="SettleReason.Backchannel"/>, <see cref="SettleReason.Echo"/>, or null when the turn deserves an answer.
    /// </returns>
    public static SettleReason? Refusal(string turnText, string recentRepWords, int before = int.MaxValue)
    {
        var turn = SpokenWord.In(Noise().Replace(turnText, " "));
        if (OnlySigns(turn))
        {
            return SettleReason.Backchannel;
        }

        return Echo.Of(turn, SpokenWord.In(recentRepWords), before) ? SettleReason.Echo : null;
    }

    /// <summary>Whether signs of listening make up the whole turn. "So?" and "And?" are questions, "so" and "and" are not.</summary>
    static bool OnlySigns(SpokenWord[] turn)
    {
        var asks = turn.Any(word => word.Asks);
        for (var at = 0; at < turn.Length;)
        {
            var length = Math.Min(LongestSign, turn.Length - at);
            while (length > 0 && !IsSign(turn[at..(at + length)], asks))
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

    static bool IsSign(SpokenWord[] words, bool asks)
    {
        var phrase = Joined(words);
        return signs.Contains(phrase) || !asks && fillers.Contains(phrase) || Laughter().IsMatch(phrase);
    }

    static FrozenSet<string> Phrases(string list) =>
        list.Split(", ").Select(phrase => Joined(SpokenWord.In(phrase))).ToFrozenSet(StringComparer.Ordinal);

    static string Joined(SpokenWord[] words) => string.Join(' ', words.Select(word => word.Text));

    /// <summary>What recognisers and captions write for sounds: [laughs], (coughing), *chuckles*.</summary>
    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Noise();

    [GeneratedRegex("^((ha)+h?|(he){2,}h?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Laughter();
}
