using System.Diagnostics;
using Teleprompter.Contracts;
using Teleprompter.Contracts.TurnTaking;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>Judges a customer's turn, ended or not: whether it deserves an answer, and which card fits it; then has it answered.</summary>
/// <param name="call">The stages of the call.</param>
sealed class TurnJudge(CallParts call)
{
    /// <summary>Words the rep said this long ago can still come back as an echo.</summary>
    public static readonly TimeSpan EchoWithin = TimeSpan.FromSeconds(10);

    // Matching costs about a millisecond, and one more word seldom decides.
    const int WordsBetweenMatches = 2;

    readonly AnticipatedCard card = new();
    (string SegmentId, int Words, CardMatch? Best) matched = ("", 0, null);
    TimeSpan heldUntil;

    /// <summary>When an opening that waits must be answered, on the call's clock; null when none waits.</summary>
    public TimeSpan? Due { get; private set; }

    /// <summary>Judges a turn that has ended.</summary>
    /// <param name="trace">Its place in a trace; nothing for none.</param>
    public void Judge(SpokenTurn turn, Speaker channel, ActivityContext trace)
    {
        card.Clear();
        if (Refusal(turn.Text, turn.BeganAt, turn.EndedAt) is { } refusal)
        {
            call.Answering.Refuse(turn, refusal);
            Due = Due is null ? null : call.Now;
            return;
        }

        var edition = call.Stages.Playbook();
        var match = edition.Match(turn.Text);
        call.Answering.Turns.Add(new UnansweredTurn(turn, match, edition.Version, call.Now, RepAsks: false, trace));
        if (EagerTurn.IsOpening(turn.Text, match is not null, call.Turns.WordsOfFloor(channel)))
        {
            Due = call.Now + EagerTurn.OpeningWaits;
            heldUntil = call.Now + TurnEnd.MaximumWait;
        }
        else
        {
            Answer();
        }
    }

    /// <summary>The rep asks for a suggestion: the customer's last words are answered, whatever they are worth.</summary>
    /// <param name="trace">Its place in a trace; nothing for none.</param>
    public void AnswerNow(ActivityContext trace)
    {
        var lastWords = call.Turns.LastOn(call.Conversation.SpeakerOn(Speaker.Customer))?.Text ?? "";
        var turn = new SpokenTurn($"now-{Guid.CreateVersion7():N}", lastWords, call.Now, call.Now);
        var edition = call.Stages.Playbook();
        call.Answering.Turns.Add(new UnansweredTurn(turn, edition.Nearest(turn.Text), edition.Version, call.Now, RepAsks: true, trace));
        Answer();
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
            Due = new[] { call.Now + TurnEnd.AfterPromise, heldUntil }.Min();
        }

        var edition = call.Stages.Playbook();
        var best = Match(turn, edition);
        var spoken = new SpokenTurn(turn.SegmentId, turn.Text, turn.HeardAt, call.Now);
        var unanswered = new UnansweredTurn(spoken, PlaybookEdition.Sure(best), edition.Version, call.Now, RepAsks: false);
        if (card.Decide(best))
        {
            call.Answering.Cards.Show(unanswered with { Match = best });
        }

        call.Answering.Anticipate(turn, unanswered);
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

    CardMatch? Match(PartialTurn turn, PlaybookEdition edition)
    {
        var words = turn.Text.Count(' ');
        if (turn.Final || turn.SegmentId != matched.SegmentId || words >= matched.Words + WordsBetweenMatches)
        {
            matched = (turn.SegmentId, words, edition.Best(turn.Text));
        }

        return matched.Best;
    }

    SettleReason? Refusal(string text, TimeSpan beganAt, TimeSpan endedAt)
    {
        var rep = call.Conversation.SegmentsOf(Speaker.Rep, since: endedAt - EchoWithin);
        var words = string.Join(' ', rep.Select(heard => heard.Segment.Text));
        return DeservesAnswer.Refusal(text, words, Echo.WordsBefore(rep, beganAt), call.Conversation.Language);
    }
}
