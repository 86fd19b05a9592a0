using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// A gateway or a worker as it is built, in a process of its own, which can be killed, frozen, asked to leave and started again. Dies with
/// the test.
/// </summary>
sealed partial class FleetProcess : IAsyncDisposable
{
    static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);
    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    readonly string assembly;
    readonly IReadOnlyDictionary<string, string> settings;
    readonly int port = FreePort();
    readonly List<string> log = [];
    Process? process;
    bool frozen;

    /// <summary>Creates it, not running yet.</summary>
    /// <param name="assembly">What to run.</param>
    /// <param name="redisPort">Where its Redis is; its link there is a proxy of its own.</param>
    /// <param name="settings">Its environment.</param>
    public FleetProcess(string assembly, int redisPort, IReadOnlyDictionary<string, string> settings)
    {
        (this.assembly, this.settings) = (assembly, settings);
        RedisLink = new FaultProxy(redisPort, redis: true);
        Door = new FaultProxy(port);
    }

    /// <summary>Between it and Redis.</summary>
    public FaultProxy RedisLink { get; }

    /// <summary>Between it and its clients.</summary>
    public FaultProxy Door { get; }

    /// <summary>Where it is reached directly.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <summary>Where clients reach it.</summary>
    public Uri DoorAddress => new($"http://127.0.0.1:{Door.Port}");

    /// <summary>What a worker calls itself; new with every start; null until it has said so.</summary>
    public string? WorkerId => Log.Select(line => ReadyWorker().Match(line)).LastOrDefault(match => match.Success)?.Groups["id"].Value;

    /// <summary>All that it ever wrote.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (log)
            {
                return [.. log];
            }
        }
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Its process id.</summary>
    public int Id => process!.Id;

    public bool Running => process is { HasExited: false };

    /// <summary>Starts it.</summary>
    /// <returns>When it says that it is ready.</returns>
    public async Task Start()
    {
        Launch();
        await UntilReady();
    }

    /// <summary>Starts it.</summary>
    /// <param name="givesWay">Whatever else the machine has to do comes first.</param>
    public void Launch(bool givesWay = false)
    {
        string[] command = [.. givesWay ? (string[])["nice", "-n", "15"] : [], "dotnet", assembly, "--urls", $"http://127.0.0.1:{port}"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        start.Environment["ConnectionStrings__Redis"] = RedisServer.As(
            Path.GetFileName(assembly).Contains("Gateway", StringComparison.Ordinal) ? "gateway" : "worker", RedisLink.Port);
        // Many small processes share the machine.
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start) ?? throw new InvalidOperationException($"{assembly} did not start.");
        process.OutputDataReceived += (_, said) => Note(said.Data);
        process.ErrorDataReceived += (_, said) => Note(said.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += KillLeftover;
    }

    /// <summary>Waits until it is ready.</summary>
    public async Task UntilReady()
    {
        try
        {
            await Poll.Until(IsReady, StartWithin, $"{Path.GetFileName(assembly)} is ready");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}{Environment.NewLine}{string.Join(Environment.NewLine, Log.TakeLast(30))}", late);
        }
    }

    /// <summary>What <c>/health/ready</c> says.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Health()
    {
        using var answer = await Http.GetAsync(new Uri(Address, "/health/ready"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>SIGKILL.</summary>
    /// <returns>When it is gone.</returns>
    public async Task Kill()
    {
        if (process is { } running)
        {
            AppDomain.CurrentDomain.ProcessExit -= KillLeftover;
            process = null;
            frozen = false;
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }
    }

    /// <summary>SIGSTOP.</summary>
    public void Freeze()
    {
        frozen = true;
        process!.Freeze();
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw()
    {
        frozen = false;
        process!.Thaw();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => process!.Terminate();

    /// <summary>It says that it can do all that it is there for.</summary>
    public async Task<bool> IsHealthy()
    {
        try
        {
            return (await Health()).Body.Contains("\"status\":\"Healthy\"", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits until it is gone by itself.</summary>
    /// <param name="within">How long at most.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> Exit(TimeSpan within)
    {
        await process!.WaitForExitAsync().WaitAsync(within);
        return process.ExitCode;
    }

    /// <summary>As at the beginning: running, ready, with links that harm nobody.</summary>
    public async Task Mend()
    {
        RedisLink.Clear();
        Door.Clear();
        if (frozen)
        {
            Thaw();
        }

        if (!Running)
        {
            await Kill();
            Launch();
        }

        await UntilReady();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        await Door.DisposeAsync();
        await RedisLink.DisposeAsync();
    }

    async Task<bool> IsReady()
    {
        if (process is { HasExited: true })
        {
            throw new TimeoutException($"{Path.GetFileName(assembly)} has exited.");
        }

        try
        {
            return (await Health()).Status == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    void Note(string? line)
    {
        lock (log)
        {
            log.Add(line ?? "");
        }
    }

    void KillLeftover(object? sender, EventArgs e) => process?.Kill();

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("Worker (?<id>w-[0-9a-f]+) is ready", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ReadyWorker();
}
