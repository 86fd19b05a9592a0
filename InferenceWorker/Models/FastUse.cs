namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Whether the faster model is asked, as a decision without a clock. It is taken at once and kept for a while: twice as long each time
/// the cause is back soon, so that models do not alternate.
/// </summary>
/// <param name="Since">When that changed, or when turns were last pending.</param>
/// <param name="Hold">How long it is kept without a pending turn.</param>
sealed record FastUse(bool Taken, TimeSpan Since, TimeSpan Hold)
{
    /// <summary>The longest time that it is kept.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    /// <summary>Decides anew.</summary>
    /// <param name="pending">Whether turns wait for a slot.</param>
    /// <param name="slow">Whether the usual model's first words are over budget. It means nothing while that model is not asked.</param>
    /// <param name="shortest">How long it is kept at least.</param>
    public FastUse Decide(TimeSpan now, bool pending, bool slow, TimeSpan shortest)
    {
        if (!Taken)
        {
            var hold = now - Since >= 4 * Hold ? shortest : 2 * Hold < LongestHold ? 2 * Hold : LongestHold;
            return pending || slow ? new(Taken: true, now, hold) : this;
        }

        return pending ? this with { Since = now }
            : now - Since >= Hold ? this with { Taken = false, Since = now }
            : this;
    }
}
