using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Teleprompter.Tests.ScriptedModel;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Load;

/// <summary>A server in a process of its own, on a free loopback port, so that its processor time and memory are its own.</summary>
sealed partial class ServerProcess : IAsyncDisposable
{
    const int Collections = 3;

    readonly Process process;
    readonly List<string> errors = [];

    ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public TimeSpan ProcessorTime => Reading.Cpu;

    /// <summary>What it has used until now.</summary>
    public ProcessReading Reading => ProcessReading.Of(process);

    /// <summary>What it last said of itself; null for a server that was not told to.</summary>
    public Vitals? Vitals { get; private set; }

    /// <summary>What it logged as an error, or did not handle.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    // A load asks faster than people do: no card waits for a rep's attention.
    const string NoAttention = "--Attention:CardsPerMinute=60";

    /// <summary>The gateway as it is built, with its embedded worker; without settings, it has no model.</summary>
    /// <param name="settings">Further settings, as on its command line.</param>
    public static Task<ServerProcess> StartGateway(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Gateway, "--urls", "http://127.0.0.1:0", NoAttention, .. settings]);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        return Start(start);
    }

    /// <summary>A worker in a process of its own.</summary>
    /// <param name="settings">Its settings, as on its command line.</param>
    public static Task<ServerProcess> StartWorker(params string[] settings) =>
        Start(new ProcessStartInfo("dotnet", [Worker, "--urls", "http://127.0.0.1:0", NoAttention, .. settings]));

    /// <summary>The scripted model.</summary>
    public static Task<ServerProcess> StartModel() => Start(new ProcessStartInfo("dotnet", [typeof(ModelScript).Assembly.Location, "0"]));

    /// <summary>The scripted speech server.</summary>
    public static Task<ServerProcess> StartSpeech() => Start(new ProcessStartInfo("dotnet", [typeof(SpeechScript).Assembly.Location, "0"]));

    /// <summary>The floor: a Kestrel that sends back what it gets, under the garbage collector that the gateway has.</summary>
    /// <param name="behind">What a message goes by before, as <see cref="EchoServer.Run"/> has it; null for nothing.</param>
    public static async Task<ServerProcess> StartEcho(string? behind = null)
    {
        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(Gateway, "runtimeconfig.json")));
        var properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        var start = new ProcessStartInfo(
            "dotnet", [typeof(ServerProcess).Assembly.Location, "echo", .. behind is null ? [] : (string[])[behind]]);
        foreach (var (property, variable) in (ReadOnlySpan<(string, string)>)
            [("System.GC.Server", "DOTNET_gcServer"), ("System.GC.Concurrent", "DOTNET_gcConcurrent")])
        {
            start.Environment.TryAdd(variable, properties.TryGetProperty(property, out var value) && value.GetBoolean() ? "1" : "0");
        }

        return await Start(start);
    }

    /// <summary>Collects all garbage of a server that tells its vitals.</summary>
    /// <returns>What it then holds, in bytes: on its heap, and resident.</returns>
    public async Task<(long Heap, long Resident)> Settled()
    {
        for (var i = 0; i < Collections; i++)
        {
            using var kill = Process.Start("kill", ["-USR1", process.Id.ToString(CultureInfo.InvariantCulture)]);
            // The server tells nobody when a collection is over.
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return (Vitals!.HeapBytes, Memory);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static string Gateway { get; } = Built("Gateway");

    static string Worker { get; } = Built("InferenceWorker");

    static string Built(string product) =>
        typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == product).Value!;

    static async Task<ServerProcess> Start(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardOutput) = (false, true);
        start.WorkingDirectory = Path.GetDirectoryName(start.ArgumentList[0])!;
        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (LoopbackAddress().Match(line) is { Success: true } match)
            {
                var server = new ServerProcess(
                    process, new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://{match.Groups["address"].Value}/")));
                _ = server.ReadVitals();
                return server;
            }
        }

        throw new InvalidOperationException($"{start.ArgumentList[0]} did not start: {string.Join(Environment.NewLine, said)}");
    }

    async Task ReadVitals()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            Vitals = Vitals.Parse(line) ?? Vitals;
            if (line.StartsWith("fail: ", StringComparison.Ordinal) || line.StartsWith("crit: ", StringComparison.Ordinal)
                || line.Contains("nhandled exception", StringComparison.Ordinal))
            {
                errors.Add(line);
            }
        }
    }

    [GeneratedRegex(@"http://(?<address>127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LoopbackAddress();
}
