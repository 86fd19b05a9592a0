using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>The card on the screen.</summary>
/// <param name="conversation">Remembers which it is, and the brief it is filled with.</param>
/// <param name="clock">The call's clock.</param>
public sealed class CardDisplay(Conversation conversation, ICallOutput output, CallClock clock)
{
    /// <summary>The newest of some turns that a card fits.</summary>
    /// <param name="turns">The turns, oldest first.</param>
    /// <returns>The turn; null when none has a card.</returns>
    public static UnansweredTurn? NewestWithCard(IEnumerable<UnansweredTurn> turns) => turns.LastOrDefault(turn => turn.Match is not null);

    /// <summary>The cards of some turns as the rep would see them, the newest first, each once.</summary>
    /// <param name="turns">The turns, oldest first.</param>
    public IReadOnlyList<CardView> Of(IEnumerable<UnansweredTurn> turns) =>
        [.. turns.Select(View).OfType<CardView>().Reverse().DistinctBy(card => card.CardId, StringComparer.Ordinal)];

    /// <summary>Shows a turn's card, if it has one that was not just said; what is on the screen already does not move.</summary>
    /// <returns>The card; null when there is none to show.</returns>
    public CardView? Show(UnansweredTurn turn)
    {
        if (turn.CardSaid || View(turn) is not { } card)
        {
            return null;
        }

        if (conversation.Card is not { } shown || shown with { TurnId = card.TurnId } != card)
        {
            output.Emit(new CardShown(card.CardId, card.TurnId, card.Title, card.Text, card.Fact, card.Source, card.PlaybookVersion));
            WorkerTelemetry.Cards.Add(1);
            KeepFirst(card);
        }

        return conversation.Card = card;
    }

    void KeepFirst(CardView card)
    {
        if (conversation.Tally.CameUp(card.CardId))
        {
            return;
        }

        var came = new CardCameUp(card, (long)clock.Now.TotalMilliseconds);
        conversation.Apply(came);
        output.Keep(came);
    }

    CardView? View(UnansweredTurn turn) => turn.Match?.Card.Fill(conversation.Brief, turn.Turn.Id, turn.PlaybookVersion);
}
