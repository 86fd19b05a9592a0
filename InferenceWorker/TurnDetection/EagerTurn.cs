using System.Collections.Frozen;
using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// Decides whether to answer a turn ahead of its end: <c>Listening → Eager → Confirmed | Resumed</c>. Pure; the same for text and for
/// voices. Words are compared without case and punctuation.
/// </summary>
public static class EagerTurn
{
    /// <summary>Attempts at one turn at most.</summary>
    public const int MostAttempts = 3;

    /// <summary>
    /// Words of a sentence before an attempt starts on an interim. Fewer are rarely within <see cref="MostFurtherWords"/> of the end.
    /// </summary>
    public const int FewestWords = 6;

    /// <summary>The same in a turn of at least <see cref="LongTurn"/> words: its next sentence is more often the last.</summary>
    public const int FewestWordsOfLongTurn = 4;

    /// <summary>Words of the floor that make a long turn.</summary>
    public const int LongTurn = 14;

    /// <summary>Words that may follow those an attempt answers, if they change nothing.</summary>
    public const int MostFurtherWords = 3;

    /// <summary>
    /// Words of the floor from which a completed statement probably ends the turn. Shorter ones are openings more often than not.
    /// </summary>
    public const int ProbablyTheEnd = 8;

    /// <summary>How much longer than level 1's pause the customer must be silent before an opening is answered.</summary>
    public static readonly TimeSpan OpeningWaits = TimeSpan.FromMilliseconds(300);

    static readonly FrozenSet<string> negations = FrozenSet.ToFrozenSet(
        ("no not never none nobody nothing neither nor without hardly cannot cant dont doesnt didnt wont wouldnt shouldnt couldnt isnt "
        + "arent wasnt werent havent hasnt hadnt except unless instead").Split(' '),
        StringComparer.Ordinal);

    static readonly FrozenSet<string> numbers = FrozenSet.ToFrozenSet(
        ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        + "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million percent half third quarter double "
        + "triple twice once dozen").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Decides.</summary>
    /// <param name="attempted">The words that the running attempt answers; null when none runs.</param>
    /// <param name="attempts">Attempts at this turn so far.</param>
    /// <param name="language">BCP 47 tag of the spoken language; null for English.</param>
    public static EagerStep Decide(PartialTurn turn, bool hasCard, string? attempted, int attempts, string? language)
    {
        if (attempted is null)
        {
            return MayStart(turn, hasCard, attempts, language) ? EagerStep.Attempt : EagerStep.Listen;
        }

        // A recogniser may take back its last words for a moment.
        return Holds(attempted, turn.Text, language) || Begins(SpokenWord.In(attempted), SpokenWord.In(turn.Text))
            ? EagerStep.Keep
            : EagerStep.Discard;
    }

    /// <summary>Whether a turn has probably ended: its words may be answered in sight, as tentative.</summary>
    public static bool HasProbablyEnded(PartialTurn turn) => turn.Final && turn.WordsOfFloor >= ProbablyTheEnd;

    /// <summary>Whether a completed turn is probably only the opening of a longer one: a short statement that no card fits.</summary>
    /// <param name="wordsOfFloor">Words said since the other speaker last held the floor, the turn's own included.</param>
    public static bool IsOpening(string text, bool hasCard, int wordsOfFloor) =>
        !hasCard && wordsOfFloor < ProbablyTheEnd && TurnEnd.PauseAfter(text) > TurnEnd.AfterQuestion;

    /// <summary>Whether an answer to some words is an answer to more of them.</summary>
    /// <param name="attempted">The words that were answered.</param>
    /// <param name="said">All words of the turn.</param>
    /// <param name="language">
    /// BCP 47 tag; null for English. Numbers and negations are known in English alone: elsewhere no further word is taken for harmless.
    /// </param>
    /// <returns>True for the same words, or at most <see cref="MostFurtherWords"/> more without a number or a negation.</returns>
    public static bool Holds(string attempted, string said, string? language)
    {
        var (before, now) = (SpokenWord.In(attempted), SpokenWord.In(said));
        if (now.Length < before.Length || now.Length > before.Length + MostFurtherWords || !Begins(now, before))
        {
            return false;
        }

        return now.Length == before.Length || (IsEnglish(language) && now[before.Length..].All(word => ChangesNothing(word.Text)));
    }

    // On a final at once, unless it is an opening; on an interim from enough words that the recogniser keeps. Never on words that promise
    // more.
    static bool MayStart(PartialTurn turn, bool hasCard, int attempts, string? language)
    {
        if (attempts >= MostAttempts || TurnEnd.PauseAfter(turn.Text, language) >= TurnEnd.AfterPromise)
        {
            return false;
        }

        var fewest = turn.WordsOfFloor >= LongTurn ? FewestWordsOfLongTurn : FewestWords;
        return turn.Final
            ? !IsOpening(turn.Text, hasCard, turn.WordsOfFloor)
            : turn.Stable && SpokenWord.CountIn(turn.NewestText) >= fewest;
    }

    static bool Begins(SpokenWord[] words, SpokenWord[] beginning) =>
        beginning.Length <= words.Length && beginning.Zip(words).All(pair => pair.First.Text == pair.Second.Text);

    static bool ChangesNothing(string word) => !negations.Contains(word) && !numbers.Contains(word) && !word.Any(char.IsDigit);

    static bool IsEnglish(string? language) => language is null || language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
}
