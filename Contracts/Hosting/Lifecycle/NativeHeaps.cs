using System.Runtime.InteropServices;

namespace Teleprompter.Hosting.Lifecycle;

/// <summary>
/// Limits the heaps of glibc's <c>malloc</c> to one a processor. It makes up to eight a processor, for threads that allocate at the same
/// time, and each keeps much of what was freed: ONNX Runtime, which runs on any thread of the pool, came to hold 100 MB that no call used.
/// </summary>
public static class NativeHeaps
{
    // M_ARENA_MAX of malloc.h.
    const int ArenaMax = -8;

    delegate int SetOption(int option, int value);

    /// <summary>Sets the limit. To be called first: heaps that exist stay.</summary>
    /// <returns>False where the C library is another one, or the environment sets <c>MALLOC_ARENA_MAX</c>.</returns>
    public static bool Limit() =>
        Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is null
        && OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "mallopt", out var function)
        && Marshal.GetDelegateForFunctionPointer<SetOption>(function)(ArenaMax, Environment.ProcessorCount) != 0;
}
