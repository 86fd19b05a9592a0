using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Where the time of a suggestion went: spans in milliseconds that sum to the time from the end of speech to the first words on the screen.
/// </summary>
static class TurnTimes
{
    /// <summary>
    /// Of an answer by the model. What an attempt had done before the turn was confirmed is told as hidden, beside the sum.
    /// </summary>
    /// <param name="askedAt">When a place was asked for, on the call's clock.</param>
    /// <param name="now">The call's clock: the time of the first words where none are shown yet.</param>
    public static SuggestionLatency OfModel(OpenAnswer answer, TimeSpan askedAt, TimeSpan grantedAt, TimeSpan now)
    {
        var (newest, shownAt) = (answer.Turns[^1], answer.ShownAt ?? now);
        var ended = Earlier(newest.Turn.EndedAt, shownAt);
        var matched = Clamp(newest.MatchedAt, ended, shownAt);
        var asked = Clamp(askedAt, matched, shownAt);
        var granted = Clamp(grantedAt, asked, shownAt);
        var started = Clamp(answer.StartedAt, granted, shownAt);
        return new SuggestionLatency(
            TurnMs: (ended - newest.Turn.HeardAt).TotalMilliseconds,
            BusMs: 0,
            CoalesceMs: (asked - matched).TotalMilliseconds,
            HeldMs: (granted - asked).TotalMilliseconds,
            ContextMs: (matched - ended + (started - granted)).TotalMilliseconds,
            FirstTokenMs: (shownAt - started).TotalMilliseconds,
            SinceOldestMs: (shownAt - answer.Turns[0].Turn.HeardAt).TotalMilliseconds,
            HiddenMs: Hidden(answer, ended));
    }

    /// <summary>Of an answer by the playbook.</summary>
    /// <param name="oldest">The oldest turn that is answered.</param>
    /// <param name="newest">The turn whose card speaks.</param>
    public static SuggestionLatency OfPlaybook(UnansweredTurn oldest, UnansweredTurn newest) => new(
        TurnMs: (newest.Turn.EndedAt - newest.Turn.HeardAt).TotalMilliseconds,
        BusMs: 0,
        CoalesceMs: 0,
        HeldMs: 0,
        ContextMs: (newest.MatchedAt - newest.Turn.EndedAt).TotalMilliseconds,
        FirstTokenMs: 0,
        SinceOldestMs: (newest.MatchedAt - oldest.Turn.HeardAt).TotalMilliseconds);

    /// <summary>The later of two times.</summary>
    public static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    public static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Clamp(TimeSpan value, TimeSpan from, TimeSpan to) => Earlier(Later(value, from), to);

    static double Hidden(OpenAnswer answer, TimeSpan endedAt) =>
        Math.Max(0, (Earlier(answer.FirstWordsAt ?? endedAt, endedAt) - answer.StartedAt).TotalMilliseconds);
}
