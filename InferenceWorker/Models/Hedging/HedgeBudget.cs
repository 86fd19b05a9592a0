using Teleprompter.InferenceWorker.Admission;

namespace Teleprompter.InferenceWorker.Models.Hedging;

/// <summary>
/// The second requests that may be made: each suggestion earns its part of one, and up to <see cref="Most"/> are kept. So they are never
/// more than that part of all suggestions, nor many at once where a provider is slow for everybody. Not thread-safe.
/// </summary>
/// <param name="extra">The most extra requests, as a part of all suggestions.</param>
sealed class HedgeBudget(double extra)
{
    /// <summary>The most extra requests in a row: with a part of 0.05, those of the last 80 suggestions.</summary>
    public const double Most = 4;

    // Twenty times 0.05 is a little less than 1 in binary.
    const double Rounding = 1e-9;

    double earned;

    /// <summary>A suggestion is asked for.</summary>
    public void Earn() => earned = Math.Min(Most, earned + extra);

    /// <summary>Decides on an extra request, and spends it.</summary>
    /// <param name="answers">Whether the model that would be asked may be asked.</param>
    /// <param name="veryLate">First words are so late that they hardly ever come soon; the last extra request is kept for those.</param>
    public HedgeDecision TrySpend(bool answers, AdmissionLoad load, bool veryLate)
    {
        if (!answers)
        {
            return HedgeDecision.Resting;
        }

        if (load.Throttled)
        {
            return HedgeDecision.RateLimited;
        }

        if (load.Pending > 0 || load.Held > 0 || load.Slots - load.Used < 2)
        {
            return HedgeDecision.SlotsShort;
        }

        if (earned < (veryLate ? 1 : 2) - Rounding)
        {
            return HedgeDecision.OverBudget;
        }

        earned--;
        return HedgeDecision.Ask;
    }

    /// <summary>Gives an extra request back that could not be made.</summary>
    public void GiveBack() => earned++;
}
