namespace Teleprompter.Gateway.Intake;

/// <summary>A token bucket: a burst at once, a rate in the long run. A value of timestamps; the caller owns the clock.</summary>
/// <param name="burst">Tokens it holds when full.</param>
/// <param name="perSecond">Tokens that come back each second.</param>
public sealed class TokenBucket(int burst, int perSecond)
{
    double tokens = burst;
    TimeSpan last;

    /// <summary>Takes tokens, all of them or none.</summary>
    /// <param name="now">Any monotonic clock.</param>
    /// <param name="wanted">How many; one, unless said otherwise.</param>
    /// <returns>Whether they were there.</returns>
    public bool TryTake(TimeSpan now, double wanted = 1)
    {
        tokens = Math.Min(burst, tokens + (Math.Max(0, (now - last).TotalSeconds) * perSecond));
        last = now;
        if (tokens < wanted)
        {
            return false;
        }

        tokens -= wanted;
        return true;
    }
}
