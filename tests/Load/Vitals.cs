using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a server says of itself (<see cref="StartupHook"/>).</summary>
/// <param name="GcPauseMs">All its threads stood still for garbage collections, since its start.</param>
/// <param name="Gcs">Garbage collections since its start.</param>
/// <param name="FullGcs">Those of them that were full.</param>
/// <param name="PoolThreads">Threads of its pool.</param>
/// <param name="PoolQueue">Work that waits for one of them.</param>
/// <param name="HeapBytes">Objects on its heap, garbage among them.</param>
sealed record Vitals(double GcPauseMs, int Gcs, int FullGcs, int PoolThreads, long PoolQueue, long HeapBytes)
{
    /// <summary>Reads a line of output.</summary>
    /// <returns>Null when it says something else.</returns>
    public static Vitals? Parse(string line) => line.Split(' ')
        is [StartupHook.Mark, var pause, var gcs, var full, var threads, var queue, var heap]
        ? new(Number(pause), (int)Number(gcs), (int)Number(full), (int)Number(threads), (long)Number(queue), (long)Number(heap))
        : null;

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
