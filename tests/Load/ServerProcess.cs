using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Teleprompter.Tests.Load;

/// <summary>A server in a process of its own, on a free loopback port, so that its processor time and memory are its own.</summary>
sealed partial class ServerProcess : IAsyncDisposable
{
    readonly Process process;

    ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The gateway as it is built, with its embedded worker and no model.</summary>
    public static Task<ServerProcess> StartGateway()
    {
        var gateway = typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Gateway").Value!;
        return Start(gateway, "--urls", "http://127.0.0.1:0");
    }

    /// <summary>The floor: a Kestrel that sends back what it gets.</summary>
    public static Task<ServerProcess> StartEcho() => Start(typeof(ServerProcess).Assembly.Location, "echo");

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static async Task<ServerProcess> Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(arguments[0])!,
        };
        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (LoopbackAddress().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServerProcess(process, new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://{match.Groups["address"].Value}/")));
            }
        }

        throw new InvalidOperationException($"{arguments[0]} did not start: {string.Join(Environment.NewLine, said)}");
    }

    [GeneratedRegex(@"http://(?<address>127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LoopbackAddress();
}
