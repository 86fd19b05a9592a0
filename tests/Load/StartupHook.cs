using System.Globalization;

/// <summary>
/// Runs inside a server under test (<c>DOTNET_STARTUP_HOOKS</c>) and says on its standard output, ten times a second, what only the process
/// itself knows: its garbage collections and its thread pool. The name, and having no namespace, are the runtime's convention.
/// </summary>
#pragma warning disable CA1050, MA0047 // See above.
static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Begins every line of it.</summary>
    public const string Mark = "vitals";

    static Timer? timer;

    public static void Initialize()
    {
        timer = new Timer(_ => Tell(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    static void Tell() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Mark} {GC.GetTotalPauseDuration().TotalMilliseconds} {GC.CollectionCount(0)} {GC.CollectionCount(2)} {ThreadPool.ThreadCount} "
        + $"{ThreadPool.PendingWorkItemCount}"));
}
