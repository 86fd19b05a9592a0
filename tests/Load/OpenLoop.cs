using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Sends turns at moments fixed beforehand, spread evenly over the calls, whether or not earlier ones were answered. Latency counts from
/// those moments, so a server that stalls cannot hide it by slowing the sender (coordinated omission).
/// </summary>
static partial class OpenLoop
{
    /// <summary>Answers that come later than this after the last turn count as missing.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Sleeping wakes up late by about so much; the rest of the wait is spun, at the cost of a processor that the servers could use.
    /// </summary>
    static readonly TimeSpan SpunAtMost = TimeSpan.FromMilliseconds(0.15);

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

    /// <summary>
    /// A turn of every call in every period, each call beginning at a moment of its own within the first one: together they come as turns
    /// of people who know nothing of each other do, now and then several at once. The seed draws those moments.
    /// </summary>
    public static IEnumerable<Cue> Independent<T>(
        IReadOnlyList<T> calls, TimeSpan turnEvery, TimeSpan duration, int seed, Action<T, long> takeTurn)
    {
#pragma warning disable CA5394 // A schedule that can be repeated, no secret.
        var random = new Random(seed);
        return calls.Select(call => (Call: call, First: turnEvery * random.NextDouble()))
#pragma warning restore CA5394
            .SelectMany(call => Enumerable.Range(0, (int)Math.Ceiling(Math.Max(0, (duration - call.First) / turnEvery)))
                .Select(turn => new Cue(call.First + (turnEvery * turn), intendedAt => takeTurn(call.Call, intendedAt))))
            .OrderBy(cue => cue.At);
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
            Sleep(left - SpunAtMost);
        }

        while (Stopwatch.GetTimestamp() < moment)
        {
            Thread.SpinWait(20);
        }
    }

    /// <summary><see cref="Thread.Sleep(TimeSpan)"/> knows whole milliseconds only.</summary>
    static void Sleep(TimeSpan time)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep(time);
        }
        else
        {
            _ = MicrosecondSleep((uint)time.TotalMicroseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MicrosecondSleep(uint microseconds);
}
