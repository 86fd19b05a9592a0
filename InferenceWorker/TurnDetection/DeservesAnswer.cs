using System.Text.RegularExpressions;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// Whether a customer's turn asks for a suggestion: signs of listening and the rep's own words come back do not. In doubt it does,
/// because a missed question costs more than a needless card.
/// </summary>
public static partial class DeservesAnswer
{
    const int LongestSign = 6;

    /// <summary>Why a turn needs no answer.</summary>
    /// <param name="turnText">The customer's turn, all its words.</param>
    /// <param name="recentRepWords">What the rep said lately, oldest first; a few turns are enough.</param>
    /// <param name="before">How many of the rep's words were spoken early enough to come back as the turn's first.</param>
    /// <param name="language">BCP 47 tag of the spoken language; null for English.</param>
    /// <returns>
    /// <see cref="SettleReason.Backchannel"/>, <see cref="SettleReason.Echo"/>, or null when the turn deserves an answer.
    /// </returns>
    public static SettleReason? Refusal(string turnText, string recentRepWords, int before = int.MaxValue, string? language = null)
    {
        var turn = SpokenWord.In(Noise().Replace(turnText, " "));
        if (OnlySigns(turn, ListeningSigns.Of(language)))
        {
            return SettleReason.Backchannel;
        }

        return Echo.Of(turn, SpokenWord.In(recentRepWords), before) ? SettleReason.Echo : null;
    }

    /// <summary>Whether signs of listening make up the whole turn. "So?" and "And?" are questions, "so" and "and" are not.</summary>
    static bool OnlySigns(SpokenWord[] turn, ListeningSigns signs)
    {
        var asks = turn.Any(word => word.Asks);
        for (var at = 0; at < turn.Length;)
        {
            var length = Math.Min(LongestSign, turn.Length - at);
            while (length > 0 && !IsSign(turn[at..(at + length)], signs, asks))
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

    static bool IsSign(SpokenWord[] words, ListeningSigns signs, bool asks)
    {
        var phrase = ListeningSigns.Joined(words);
        return signs.Signs.Contains(phrase) || !asks && signs.Fillers.Contains(phrase) || Laughter().IsMatch(phrase);
    }

    /// <summary>What recognisers and captions write for sounds: [laughs], (coughing), *chuckles*.</summary>
    [GeneratedRegex(@"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Noise();

    [GeneratedRegex("^((ha)+h?|(he){2,}h?)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Laughter();
}
