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
        // A thread of its own: a pool thread could be late for reasons that are the client's.
        await Task.Factory.StartNew(() => SendAll(calls, turns, turnEvery / calls.Count, duration), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Delay(Grace);
    }

    static void SendAll(IReadOnlyList<ITurnTaker> calls, Turns turns, TimeSpan spacing, TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        var count = (int)(duration / spacing);
        for (var i = 0; i < count; i++)
        {
            var intendedAt = begun + (long)(spacing.TotalSeconds * i * Stopwatch.Frequency);
            WaitUntil(intendedAt);
            calls[i % calls.Count].TakeTurn(turns, intendedAt);
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
