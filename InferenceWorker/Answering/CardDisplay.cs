using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>The card on the screen, and one that waits until the rep can look at it.</summary>
/// <param name="conversation">Remembers which it is, and the brief it is filled with.</param>
/// <param name="clock">The call's clock.</param>
public sealed class CardDisplay(Conversation conversation, ICallOutput output, CallClock clock, AttentionOptions attention)
{
    readonly Queue<TimeSpan> changes = new();
    (UnansweredTurn Turn, TimeSpan Since)? held;
    (PlaybookCard Card, CallBrief Brief, CardView View)? filled;

    /// <summary>When <see cref="Elapse"/> has something to do, on the call's clock; null for never.</summary>
    public TimeSpan? Due => held is var (turn, since) ? TurnTimes.Earlier(HoldUntil(turn) ?? clock.Now, since + Attention.HeldFor) : null;

    /// <summary>The newest of some turns that a card fits.</summary>
    /// <param name="turns">The turns, oldest first.</param>
    /// <returns>The turn; null when none has a card.</returns>
    public static UnansweredTurn? NewestWithCard(IEnumerable<UnansweredTurn> turns) => turns.LastOrDefault(turn => turn.Match is not null);

    /// <summary>The cards of some turns as the rep would see them, the newest first, each once.</summary>
    /// <param name="turns">The turns, oldest first.</param>
    public IReadOnlyList<CardView> Of(IEnumerable<UnansweredTurn> turns) =>
        [.. turns.Select(View).OfType<CardView>().Reverse().DistinctBy(card => card.CardId, StringComparer.Ordinal)];

    /// <summary>
    /// Shows a turn's card, if it has one that was not just said; what is on the screen already does not move. A card that would disturb
    /// the rep waits; what the rep asked for does not.
    /// </summary>
    /// <returns>The card; null when there is none to show.</returns>
    public CardView? Show(UnansweredTurn turn)
    {
        if (turn.CardSaid || View(turn) is not { } card)
        {
            return null;
        }

        if (conversation.Card is { } shown && shown with { TurnId = card.TurnId } == card)
        {
            Release("replaced");
            conversation.Card = card;
        }
        else if (!turn.RepAsks && HoldUntil(turn) is not null)
        {
            var since = held is var (before, from) && before.Match!.Card.Id == card.CardId ? from : clock.Now;
            held = (turn, since);
        }
        else
        {
            Release("replaced");
            Put(card);
        }

        return card;
    }

    /// <summary>The customer has said more: a card that still waits belongs to a moment that has passed.</summary>
    public void Forget() => Release("replaced");

    /// <summary>Shows the card that waits, or gives it up.</summary>
    public void Elapse()
    {
        if (held is not var (turn, since) || HoldUntil(turn) > clock.Now && clock.Now < since + Attention.HeldFor)
        {
            return;
        }

        var mayShow = HoldUntil(turn) is null;
        Release(mayShow ? "shown" : "expired");
        if (mayShow && View(turn) is { } card)
        {
            Put(card);
        }
    }

    void Put(CardView card)
    {
        output.Emit(new CardShown(card.CardId, card.TurnId, card.Title, card.Text, card.Fact, card.Source, card.PlaybookVersion));
        WorkerTelemetry.Cards.Add(1);
        KeepFirst(card);
        conversation.Card = card;
        changes.Enqueue(clock.Now);
        if (changes.Count > attention.CardsPerMinute)
        {
            changes.Dequeue();
        }
    }

    void Release(string outcome)
    {
        if (held is not null)
        {
            held = null;
            WorkerTelemetry.HoldCard(outcome);
        }
    }

    TimeSpan? HoldUntil(UnansweredTurn turn) =>
        Attention.HoldUntil(turn.Turn.HeardAt, conversation.LatestOf(Speaker.Rep), changes, attention, clock.Now);

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

    // A turn's card is shown, put into the prompt and compared: it is filled once.
    CardView? View(UnansweredTurn turn)
    {
        if (turn.Match?.Card is not { } card)
        {
            return null;
        }

        if (filled is not var (before, brief, view) || before != card || brief != conversation.Brief
            || view.PlaybookVersion != turn.PlaybookVersion)
        {
            view = card.Fill(conversation.Brief, turn.Turn.Id, turn.PlaybookVersion);
            filled = (card, conversation.Brief, view);
        }

        return view with { TurnId = turn.Turn.Id };
    }
}
