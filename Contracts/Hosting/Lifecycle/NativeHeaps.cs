using System.Runtime.InteropServices;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>
/// Keeps glibc's <c>malloc</c> from holding memory that nothing uses. It makes up to eight heaps a processor, for threads that allocate at
/// the same time, and gives back only what is free at the end of each: ONNX Runtime, which runs on any thread of the pool, came to hold
/// 100 MB that no call used.
/// </summary>
public static class NativeHeaps
{
    // M_ARENA_MAX of malloc.h.
    const int ArenaMax = -8;

    delegate int SetOption(int option, int value);

    delegate int GiveBack(nuint keptAtTheEnd);

    /// <summary>Limits the heaps to one a processor. To be called first: heaps that exist stay.</summary>
    /// <returns>False where the C library is another one, or the environment sets <c>MALLOC_ARENA_MAX</c>.</returns>
    public static bool Limit() =>
        Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is null
        && Function<SetOption>("mallopt") is { } set
        && set(ArenaMax, Environment.ProcessorCount) != 0;

    /// <summary>Gives all pages that are free back to the system, in a few milliseconds.</summary>
    /// <returns>False where the C library is another one, or none was free.</returns>
    public static bool Trim() => Function<GiveBack>("malloc_trim") is { } trim && trim(0) != 0;

    static T? Function<T>(string name)
        where T : Delegate =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, name, out var function)
            ? Marshal.GetDelegateForFunctionPointer<T>(function)
            : null;
}
