using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.TurnDetection;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>From a turn that deserves an answer to the answer on the screen, and to each turn's one outcome.</summary>
/// <param name="conversation">What the call remembers.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where events and entries go.</param>
public sealed class Answering(Conversation conversation, CallClock clock, ICallOutput output)
{
    readonly SuggestionDesk desk = new(conversation, output);
    readonly SettledTurns settled = new(output);
    readonly List<UnansweredTurn> unanswered = [];

    /// <summary>The open suggestion; null when none is open.</summary>
    public OpenSuggestionView? Open => desk.Open;

    /// <summary>Turns wait for an answer.</summary>
    public bool Waiting => unanswered.Count > 0;

    /// <summary>Whether a turn waits or has its outcome.</summary>
    /// <param name="turnId">The turn.</param>
    /// <returns>Whether it does.</returns>
    public bool Knows(string turnId) =>
        settled.Contains(turnId) || unanswered.Exists(waiting => waiting.Turn.Id == turnId);

    /// <summary>Notes turns that were answered before this worker had the call.</summary>
    /// <param name="turnIds">The turns.</param>
    public void Remember(IReadOnlyList<string> turnIds) => turnIds.ToList().ForEach(settled.Remember);

    /// <summary>Settles a turn that gets no answer.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="refusal">Why it does not deserve one.</param>
    public void Refuse(SpokenTurn turn, SettleReason refusal) => settled.Settle(turn.Id, TurnOutcome.Abstained, refusal);

    /// <summary>Takes a turn that shall be answered.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="match">The card that fits it.</param>
    /// <param name="playbookVersion">The playbook it was matched against.</param>
    public void Ask(SpokenTurn turn, CardMatch? match, string playbookVersion) =>
        unanswered.Add(new UnansweredTurn(turn, match, playbookVersion, clock.Now));

    /// <summary>One answer to every turn that waits: the newest turn with a card speaks, the older ones go into it.</summary>
    public void Answer()
    {
        if (unanswered.FindLast(waiting => waiting.Match is not null) is not { Match: { } match } answered)
        {
            SettleAll(TurnOutcome.Abstained, SettleReason.NoCard);
            return;
        }

        if (conversation.ShowsAnswerFrom(match.Card.Id))
        {
            SettleAll(TurnOutcome.Abstained, SettleReason.AlreadyShown);
            return;
        }

        var card = ShowCard(answered, match.Card);
        desk.Start([.. unanswered.Select(waiting => waiting.Turn.Id)], SuggestionSource.Playbook, card.CardId);
        desk.Write(card.Text);
        var suggestionId = desk.Complete(card.PlaybookVersion, LatencyOf(unanswered[0], answered));
        foreach (var waiting in unanswered)
        {
            var (outcome, reason) = waiting == answered
                ? (TurnOutcome.Suggested, SettleReason.ByPlaybook)
                : (TurnOutcome.Merged, SettleReason.NewerTurn);
            settled.Settle(waiting.Turn.Id, outcome, reason, suggestionId);
        }

        unanswered.Clear();
    }

    /// <summary>Takes back what is open; its turns go on waiting.</summary>
    /// <param name="reason">Why.</param>
    public void Withdraw(WithdrawReason reason) => desk.Withdraw(reason);

    /// <summary>Takes back what is open and settles every turn that waits.</summary>
    /// <param name="reason">Why the suggestion goes.</param>
    /// <param name="outcome">What becomes of the turns.</param>
    /// <param name="settleReason">Why.</param>
    public void Abandon(WithdrawReason reason, TurnOutcome outcome, SettleReason settleReason)
    {
        desk.Withdraw(reason);
        SettleAll(outcome, settleReason);
    }

    /// <summary>Expires the turns that waited so long that their moment has passed.</summary>
    /// <param name="endedBefore">Turns that ended before this moment of the call's clock.</param>
    public void ExpireOlderThan(TimeSpan endedBefore)
    {
        foreach (var stale in unanswered.FindAll(waiting => waiting.Turn.EndedAt < endedBefore))
        {
            unanswered.Remove(stale);
            settled.Settle(stale.Turn.Id, TurnOutcome.Expired, SettleReason.Stale);
        }
    }

    CardView ShowCard(UnansweredTurn answered, PlaybookCard card)
    {
        var view = card.Fill(conversation.Brief, answered.Turn.Id, answered.PlaybookVersion);
        conversation.Card = view;
        output.Emit(new CardShown(view.CardId, view.TurnId, view.Title, view.Text, view.Fact, view.Source, view.PlaybookVersion));
        WorkerTelemetry.Cards.Add(1);
        return view;
    }

    void SettleAll(TurnOutcome outcome, SettleReason reason)
    {
        unanswered.ForEach(waiting => settled.Settle(waiting.Turn.Id, outcome, reason));
        unanswered.Clear();
    }

    static SuggestionLatency LatencyOf(UnansweredTurn oldest, UnansweredTurn newest) => new(
        TurnMs: (newest.Turn.EndedAt - newest.Turn.HeardAt).TotalMilliseconds,
        BusMs: 0,
        CoalesceMs: 0,
        HeldMs: 0,
        ContextMs: (newest.MatchedAt - newest.Turn.EndedAt).TotalMilliseconds,
        FirstTokenMs: 0,
        SinceOldestMs: (newest.MatchedAt - oldest.Turn.HeardAt).TotalMilliseconds);
}
