namespace Teleprompter.Gateway.Intake;

/// <summary>A token bucket: a burst at once, a rate in the long run.</summary>
/// <param name="burst">The tokens of a full bucket.</param>
/// <param name="perSecond">The tokens added each second.</param>
public sealed class TokenBucket(int burst, int perSecond)
{
    double tokens = burst;
    TimeSpan last;

    /// <summary>Spends tokens, all of them or none.</summary>
    /// <param name="now">Any monotonic clock.</param>
    /// <returns>Whether the bucket had them.</returns>
    public bool TrySpend(TimeSpan now, double cost = 1)
    {
        tokens = Math.Min(burst, tokens + (Math.Max(0, (now - last).TotalSeconds) * perSecond));
        last = now;
        if (tokens < cost)
        {
            return false;
        }

        tokens -= cost;
        return true;
    }
}
