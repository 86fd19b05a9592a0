namespace Teleprompter.ClientSdk;

/// <summary>
/// How long to wait before the next attempt to connect: 0, 0.5, 1, 2, then every 5 s, each with jitter of ±20 %, so that the clients of a
/// gateway that went away do not all return at once.
/// </summary>
public static class RetryDelay
{
    static readonly double[] Seconds = [0, 0.5, 1, 2, 5];

    /// <summary>The wait before an attempt.</summary>
    /// <param name="attempt">0 for the first after a loss.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Before(int attempt, double random) =>
        TimeSpan.FromSeconds(Seconds[Math.Min(attempt, Seconds.Length - 1)] * (0.8 + (0.4 * random)));

    /// <summary>Waits before an attempt. Returns early, without an error, once <paramref name="stop"/> is cancelled.</summary>
    internal static async Task Wait(int attempt, CallClientOptions options, CancellationToken stop) =>
        await Task.Delay(Before(attempt, options.Random()), options.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
