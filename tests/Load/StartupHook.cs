using System.Globalization;
using System.Runtime.InteropServices;
using Teleprompter.Hosting.Lifecycle;

/// <summary>
/// Runs inside a server under test (<c>DOTNET_STARTUP_HOOKS</c>) and says on its standard output, ten times a second, what only the process
/// itself knows: its garbage collections, its heap and its thread pool. At SIGUSR1 it collects all garbage. The name, and having no
/// namespace, are the runtime's convention.
/// </summary>
#pragma warning disable CA1050, MA0047 // See above.
static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Begins every line of it.</summary>
    public const string Mark = "vitals";

    const PosixSignal SigUsr1 = (PosixSignal)10;

    static Timer? timer;
    static PosixSignalRegistration? collecting;

    public static void Initialize()
    {
        // As the server itself does at its start, which is too late once this class has started threads.
        NativeHeaps.Limit();
        collecting = PosixSignalRegistration.Create(SigUsr1, context =>
        {
            context.Cancel = true;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        });
        timer = new Timer(_ => Tell(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    static void Tell() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Mark} {GC.GetTotalPauseDuration().TotalMilliseconds} {GC.CollectionCount(0)} {GC.CollectionCount(2)} {ThreadPool.ThreadCount} "
        + $"{ThreadPool.PendingWorkItemCount} {GC.GetTotalMemory(forceFullCollection: false)}"));
}
