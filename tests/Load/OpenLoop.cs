using System.Diagnostics;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Sends turns at moments fixed beforehand, spread evenly over the calls, whether or not earlier ones were answered. Latency counts from those moments, so
/// a server that stalls cannot hide it by slowing the sender (coordinated omission).
/// </summary>
static class OpenLoop
{
    /// <summary>Answers that come later than this after the last turn count as missing.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Sleeping wakes up late by about a millisecond; the rest of the wait is spun.</summary>
    static readonly TimeSpan SpunAtMost = TimeSpan.FromMilliseconds(1.5);

    public static async Task Run(IReadOnlyList<ITurnTaker> calls, Turns turns, TimeSpan turnEvery, TimeSpan duration)
    {
        await Play(Spread(calls, turnEvery, duration, (call, intendedAt) => call.TakeTurn(turns, intendedAt)));
        await Task.Delay(Grace);
    }

    /// <summary>A turn of every call in every period, one call after the other.</summary>
    public static IEnumerable<Cue> Spread<T>(IReadOnlyList<T> calls, TimeSpan turnEvery, TimeSpan duration, Action<T, long> takeTurn)
    {
        var spacing = turnEvery / calls.Count;
        return Enumerable.Range(0, (int)(duration / spacing))
            .Select(i => new Cue(spacing * i, intendedAt => takeTurn(calls[i % calls.Count], intendedAt)));
    }

    /// <summary>Does what is to be done, each at its moment.</summary>
    /// <param name="cues">In the order of their moments.</param>
    /// <remarks>On a thread of its own: a pool thread could be late for reasons that are the client's.</remarks>
    public static Task Play(IEnumerable<Cue> cues) =>
        Task.Factory.StartNew(() => PlayAll([.. cues]), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    static void PlayAll(Cue[] cues)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var cue in cues)
        {
            var intendedAt = begun + (long)(cue.At.TotalSeconds * Stopwatch.Frequency);
            WaitUntil(intendedAt);
            cue.Act(intendedAt);
        }
    }

    static void WaitUntil(long moment)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), moment);
        if (left > SpunAtMost)
        {
            Thread.Sleep(left - SpunAtMost);
        }

        while (Stopwatch.GetTimestamp() < moment)
        {
            Thread.SpinWait(20);
        }
    }
}
