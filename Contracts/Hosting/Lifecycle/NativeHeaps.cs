using System.Runtime.InteropServices;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>
/// Keeps glibc's <c>malloc</c> from holding memory that nothing uses. It makes up to eight heaps a processor, for threads that allocate at
/// the same time, and keeps the free end of each until that is twice the largest block ever freed: ONNX Runtime, which runs on any thread
/// of the pool, came to hold 100 MB that no call used.
/// </summary>
public static class NativeHeaps
{
    // M_ARENA_MAX of malloc.h.
    const int ArenaMax = -8;

    // M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h. Blocks above the second are no part of a heap. With less of either, ONNX Runtime
    // takes up to two thirds longer for passages that are embedded together: its pages come and go with each run.
    const int TrimThreshold = -1;
    const int MmapThreshold = -3;
    const int FreeAtTheEnd = 2 << 20;
    const int LargestBlock = 8 << 20;

    delegate int SetOption(int option, int value);

    delegate int GiveBack(nuint keptAtTheEnd);

    /// <summary>
    /// Limits the heaps to one a processor, and what is free at the end of each. To be called before there are more than eight threads:
    /// heaps that exist stay, and with the ninth the limit is settled.
    /// </summary>
    /// <returns>False where the C library is another one, or the environment sets <c>MALLOC_ARENA_MAX</c>.</returns>
    public static bool Limit() =>
        Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is null
        && Function<SetOption>("mallopt") is { } set
        && set(ArenaMax, Environment.ProcessorCount) != 0
        && set(TrimThreshold, FreeAtTheEnd) != 0
        && set(MmapThreshold, LargestBlock) != 0;

    /// <summary>Gives all pages back to the system that are free between others, in a few milliseconds.</summary>
    /// <returns>False where the C library is another one, or none was free.</returns>
    public static bool Trim() => Function<GiveBack>("malloc_trim") is { } trim && trim(0) != 0;

    static T? Function<T>(string name)
        where T : Delegate =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, name, out var function)
            ? Marshal.GetDelegateForFunctionPointer<T>(function)
            : null;
}
