using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Decides which card is shown ahead of the end of a turn: the first that its words decide by a margin, then only a clear winner over it.
/// </summary>
public sealed class AnticipatedCard
{
    /// <summary>
    /// Confidence from which a card is shown before the turn has ended; more than for a whole turn, since words that follow may change it.
    /// </summary>
    public const double Decided = 0.7;

    /// <summary>Confidence from which another card takes its place.</summary>
    public const double ClearWinner = 0.9;

    string? shown;

    /// <summary>Decides.</summary>
    /// <param name="best">The card that fits the words so far best; null for none.</param>
    public bool Decide(CardMatch? best)
    {
        if (best is null || best.Card.Id == shown || best.Confidence < (shown is null ? Decided : ClearWinner))
        {
            return false;
        }

        shown = best.Card.Id;
        return true;
    }

    /// <summary>The turn has ended.</summary>
    public void Clear() => shown = null;
}
