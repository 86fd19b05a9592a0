using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>The playbook's answer: to every turn that waits, where no model answers.</summary>
/// <param name="cards">The card on the screen.</param>
/// <param name="display">The suggestion on the screen.</param>
sealed class PlaybookAnswer(Conversation conversation, TurnLedger turns, CardDisplay cards, AnswerDisplay display)
{
    /// <summary>Answers: the newest turn with a card speaks, the older ones are merged into it.</summary>
    /// <param name="without">What becomes of the turns where no card fits.</param>
    public void Answer(TurnOutcome without, SettleReason reason)
    {
        UnansweredTurn[] all = [.. turns.Waiting];
        if (CardDisplay.NewestWithCard(all) is not { Match: { } match } answered)
        {
            turns.Settle(all, without, reason);
        }
        else if (answered.CardSaid || conversation.ShowsAnswerFrom(match.Card.Id))
        {
            turns.Settle(all, TurnOutcome.Abstained, SettleReason.AlreadyShown);
        }
        else
        {
            turns.SettleAnswered(all, answered, SettleReason.ByPlaybook, display.ShowCard(cards.Show(answered)!, all, answered));
        }
    }
}
