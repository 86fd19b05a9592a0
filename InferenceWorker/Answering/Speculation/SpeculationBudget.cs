using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Admission;

namespace Teleprompter.InferenceWorker.Answering.Speculation;

/// <summary>
/// Decides for all calls of a worker whether attempts may start: not while they are switched off, slots are short, or too many tokens were
/// discarded for those shown. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class SpeculationBudget(IOptionsMonitor<SpeculationOptions> options, TimeProvider time)
{
    /// <summary>Old tokens count half as much after this time.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(2);

    // About ten answers: a worker that has shown little yet may try.
    const double Allowance = 400;

    readonly Lock sync = new();
    double shown;
    double discarded;
    long countedAt = time.GetTimestamp();

    /// <summary>Whether an attempt may start now.</summary>
    public bool Allows(AdmissionLoad load)
    {
        var limits = options.CurrentValue;
        return limits.Enabled
            && load.Pending == 0
            && load.Slots - load.Used > load.Slots * limits.FreeSlots
            && IsWithin(limits.DiscardedPerShown);
    }

    /// <summary>Counts the tokens of an answer that was shown.</summary>
    public void Show(int tokens) => Count(tokens, discardedTokens: 0);

    /// <summary>Counts the tokens of an attempt that was discarded.</summary>
    public void Discard(int tokens) => Count(shownTokens: 0, tokens);

    bool IsWithin(double discardedPerShown)
    {
        lock (sync)
        {
            Age();
            return discarded <= (shown * discardedPerShown) + Allowance;
        }
    }

    void Count(int shownTokens, int discardedTokens)
    {
        lock (sync)
        {
            Age();
            shown += shownTokens;
            discarded += discardedTokens;
        }
    }

    void Age()
    {
        var now = time.GetTimestamp();
        var factor = Math.Pow(0.5, time.GetElapsedTime(countedAt, now) / HalfLife);
        (shown, discarded, countedAt) = (shown * factor, discarded * factor, now);
    }
}
