using System.Diagnostics;

namespace Teleprompter.Tests.Integration.Deploy;

/// <summary>
/// <c>deploy/fleet.sh</c> with the scripted model: two gateways, two workers, Redis, and nginx where it is installed, each a process of its
/// own.
/// </summary>
sealed class RunningFleet : IAsyncDisposable
{
    const int Ports = 7;
    readonly Process script;

    RunningFleet(Process script, int port, bool behindNginx)
    {
        this.script = script;
        Gateways = [At(port + 1), At(port + 2)];
        Workers = [At(port + 3), At(port + 4)];
        Proxy = behindNginx ? At(port) : null;
    }

    public static string Root { get; } = FindRoot();

    public Uri[] Gateways { get; }

    public Uri[] Workers { get; }

    /// <summary>The one address of both gateways; null without nginx.</summary>
    public Uri? Proxy { get; }

    public Uri Entrance => Proxy ?? Gateways[0];

    public static async Task<RunningFleet> Start(CancellationToken cancellationToken)
    {
        // Below the range that the system gives out by itself.
        var port = 20_000 + (Environment.ProcessId * Ports % 10_000);
        var start = new ProcessStartInfo(
            "bash", [Path.Combine(Root, "deploy", "fleet.sh"), "--no-build", "--scripted", "--port", $"{port}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CONFIGURATION"] = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await script.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("The fleet is ready", StringComparison.Ordinal))
            {
                return new RunningFleet(script, port, line.EndsWith($":{port}", StringComparison.Ordinal));
            }
        }

        throw new InvalidOperationException(await errors);
    }

    /// <summary>Asks the script to stop, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        Process.Start("kill", ["-TERM", $"{script.Id}"]).Dispose();
        await script.WaitForExitAsync();
        return script.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!script.HasExited)
        {
            await Stop();
        }

        script.Dispose();
    }

    static Uri At(int port) => new($"http://127.0.0.1:{port}");

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Teleprompter.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Run the tests from within the repository.");
        }

        return folder.FullName;
    }
}
