using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>
/// Judges a customer's turn, ended or not: whether it deserves an answer, and which card fits it; then has it answered. The card comes back
/// as an input, some milliseconds later.
/// </summary>
/// <param name="call">The stages of the call.</param>
sealed class TurnJudge(CallParts call)
{
    /// <summary>Words the rep said this long ago can still come back as an echo.</summary>
    public static readonly TimeSpan EchoWithin = TimeSpan.FromSeconds(10);

    // Matching costs some milliseconds, and one or two more words seldom decide.
    const int WordsBetweenMatches = 3;

    readonly AnticipatedCard card = new();
    readonly Dictionary<MatchRequest, EndedTurn> ended = [];
    (string SegmentId, int Words, CardMatched? Match) partial = ("", 0, null);
    (PartialTurn Turn, MatchRequest Request)? unfinished;
    TimeSpan heldUntil;

    /// <summary>When an opening that waits must be answered, on the call's clock; null when none waits.</summary>
    public TimeSpan? Due { get; private set; }

    /// <summary>Judges a turn that has ended.</summary>
    /// <param name="trace">Its place in a trace; nothing for none.</param>
    public void Judge(SpokenTurn turn, Speaker channel, ActivityContext trace)
    {
        card.Clear();
        unfinished = null;
        if (Refusal(turn.Text, turn.BeganAt, turn.EndedAt) is { } refusal)
        {
            call.Answering.Refuse(turn, refusal);
            Due = Due is null ? null : call.Now;
            return;
        }

        AskFor(new EndedTurn(turn, call.Turns.WordsOfFloor(channel), RepAsks: false, trace));
    }

    /// <summary>The rep asks for a suggestion: the customer's last words are answered, whatever they are worth.</summary>
    /// <param name="trace">Its place in a trace; nothing for none.</param>
    public void AnswerNow(ActivityContext trace)
    {
        var lastWords = call.Turns.LastOn(call.Conversation.SpeakerOn(Speaker.Customer))?.Text ?? "";
        var turn = new SpokenTurn($"now-{Guid.CreateVersion7():N}", lastWords, call.Now, call.Now);
        if (call.Buyer is { TestsRep: true })
        {
            call.Answering.Refuse(turn, SettleReason.TestMe);
            return;
        }

        AskFor(new EndedTurn(turn, WordsOfFloor: 0, RepAsks: true, trace));
    }

    /// <summary>Looks ahead of the end of a turn, at its words so far.</summary>
    public void Anticipate(PartialTurn turn)
    {
        if (call.Presence.Away || Refusal(turn.Text, turn.BeganAt, call.Now) is not null)
        {
            return;
        }

        if (Due is not null)
        {
            // What was an opening goes on: its answer waits for the rest, as long as level 1 waits for the end of a turn.
            Due = CallClock.Earliest(call.Now + TurnEnd.AfterPromise, heldUntil);
        }

        var words = turn.Text.Count(' ');
        if (turn.Final || turn.SegmentId != partial.SegmentId || words >= partial.Words + WordsBetweenMatches)
        {
            var request = new MatchRequest(turn.Text, whole: false) { Said = Said() };
            (partial, unfinished) = ((turn.SegmentId, words, null), (turn, request));
            call.Matching.Ask(request);
        }
        else if (partial.Match is { } match)
        {
            Anticipate(turn, match);
        }
        else
        {
            unfinished = unfinished is var (_, asked) ? (turn, asked) : null;
        }
    }

    /// <summary>Goes on with the turn whose card was looked up.</summary>
    public void Handle(CardMatched match)
    {
        if (ended.Remove(match.Request, out var turn))
        {
            if (call.Answering.Turns.Expects(turn.Spoken.Id))
            {
                Judge(turn, match);
            }
        }
        else if (unfinished is var (newest, asked) && asked == match.Request)
        {
            unfinished = null;
            partial.Match = match;
            Anticipate(newest, match);
        }
    }

    /// <summary>Answers the customer's last turn, if it has no outcome and its moment has not passed.</summary>
    /// <param name="since">Turns that ended before this moment of the call's clock have passed.</param>
    public void JudgeLast(TimeSpan since)
    {
        var channel = call.Conversation.SpeakerOn(Speaker.Customer);
        if (call.Turns.LastOn(channel) is { } last && !call.Answering.Turns.Knows(last.Id) && last.EndedAt >= since)
        {
            Judge(last, channel, Tracing.Place);
        }
    }

    /// <summary>Answers an opening that nothing followed.</summary>
    public void Elapse()
    {
        if (Due <= call.Now)
        {
            Answer();
        }
    }

    void AskFor(EndedTurn turn)
    {
        var request = new MatchRequest(turn.Spoken.Text, whole: true) { Said = turn.RepAsks ? [] : Said() };
        ended.Add(request, turn);
        call.Answering.Cards.Forget();
        call.Answering.Turns.Expect(turn.Spoken.Id);
        call.Matching.Ask(request);
    }

    void Judge(EndedTurn turn, CardMatched match)
    {
        var card = turn.RepAsks ? PlaybookEdition.Near(match.Best) : PlaybookEdition.Sure(match.Best);
        call.Answering.Turns.Add(
            new UnansweredTurn(turn.Spoken, card, match.PlaybookVersion, call.Now, turn.RepAsks, turn.Trace)
            {
                CardSaid = match.Repeats,
                Notes = match.Notes,
            });
        if (!turn.RepAsks && EagerTurn.IsOpening(turn.Spoken.Text, card is not null, turn.WordsOfFloor))
        {
            Due = call.Now + EagerTurn.OpeningWaits;
            heldUntil = call.Now + TurnEnd.MaximumWait;
        }
        else
        {
            Answer();
        }
    }

    void Anticipate(PartialTurn turn, CardMatched match)
    {
        var spoken = new SpokenTurn(turn.SegmentId, turn.Text, turn.HeardAt, call.Now);
        var unanswered = new UnansweredTurn(
            spoken, PlaybookEdition.Sure(match.Best), match.PlaybookVersion, call.Now, RepAsks: false)
        {
            CardSaid = match.Repeats,
            Notes = match.Notes,
        };
        if (card.Decide(match.Best))
        {
            call.Answering.Cards.Show(unanswered with { Match = match.Best });
        }

        call.Answering.Anticipate(turn, unanswered);
    }

    List<(string CardId, string Turn)> Said() =>
    [
        .. call.Conversation.SuggestedSince(call.Now - RepetitionCheck.Within)
            .Where(shown => shown.Suggestion is { Said: true, CardId: not null })
            .Select(shown => (shown.Suggestion.CardId!, call.Conversation.TextOf(shown.TurnIds))),
    ];

    void Answer()
    {
        if (Due is not null)
        {
            call.Answering.EndHold();
        }

        Due = null;
        if (!call.Presence.Away)
        {
            call.Answering.Answer();
        }
    }

    SettleReason? Refusal(string text, TimeSpan beganAt, TimeSpan endedAt)
    {
        if (call.Buyer is { TestsRep: true })
        {
            return SettleReason.TestMe;
        }

        var rep = call.Conversation.SegmentsOf(Speaker.Rep, since: endedAt - EchoWithin);
        var words = string.Join(' ', rep.Select(heard => heard.Segment.Text));
        return DeservesAnswer.Refusal(text, words, Echo.WordsBefore(rep, beganAt), call.Conversation.Language);
    }

    /// <summary>A turn that waits for its card.</summary>
    sealed record EndedTurn(SpokenTurn Spoken, int WordsOfFloor, bool RepAsks, ActivityContext Trace);
}
