using System.Diagnostics;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>Waits for what can be observed.</summary>
static class Poll
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <returns>How long it took.</returns>
    public static Task<TimeSpan> Until(Func<bool> condition, TimeSpan within, string what) =>
        Until(() => Task.FromResult(condition()), within, what);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> Until(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > within)
            {
                throw new TimeoutException($"Not within {within.TotalSeconds:0.#} s: {what}.");
            }

            await Task.Delay(Interval);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
