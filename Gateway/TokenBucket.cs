namespace Teleprompter.Gateway;

/// <summary>A token bucket: a burst at once, a rate in the long run. A value of timestamps; the caller owns the clock.</summary>
/// <param name="burst">Tokens it holds when full.</param>
/// <param name="perSecond">Tokens that come back each second.</param>
public sealed class TokenBucket(int burst, int perSecond)
{
    double tokens = burst;
    TimeSpan last;

    /// <summary>Takes a token.</summary>
    /// <param name="now">Any monotonic clock.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(TimeSpan now)
    {
        tokens = Math.Min(burst, tokens + (Math.Max(0, (now - last).TotalSeconds) * perSecond));
        last = now;
        if (tokens < 1)
        {
            return false;
        }

        tokens--;
        return true;
    }
}
