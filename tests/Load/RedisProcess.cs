using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Teleprompter.Tests.Load;

/// <summary>A redis-server of this run's own, on a free loopback port, that keeps nothing.</summary>
sealed class RedisProcess : IAsyncDisposable
{
    readonly Process process;

    RedisProcess(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>What it has used until now.</summary>
    public ProcessReading Reading => ProcessReading.Of(process);

    public static async Task<RedisProcess> Start()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new RedisProcess(process, $"127.0.0.1:{port}");
            }
        }

        throw new InvalidOperationException("redis-server did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
