using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>What a buyer does while the rep is speaking.</summary>
public abstract record BuyerMove
{
    BuyerMove()
    {
    }

    /// <summary>Listens on.</summary>
    public sealed record None : BuyerMove;

    /// <summary>Gives a sign of listening, which leaves the rep the floor.</summary>
    public sealed record Interject(string Line) : BuyerMove;

    /// <summary>Cuts the rep off.</summary>
    /// <param name="Why">What the rep did, for the rep: "You spoke 24 s without a question."</param>
    public sealed record CutIn(CutInReason Reason, string Why) : BuyerMove;

    /// <summary>Has had enough, and ends the call.</summary>
    /// <param name="Why">What the rep did last, for the rep.</param>
    public sealed record HangUp(CutInReason Reason, string Why) : BuyerMove;
}
