using System.Collections.Concurrent;
using System.Diagnostics;

namespace Teleprompter.Tests.Load;

/// <summary>Calls in which nobody speaks: what a connection costs.</summary>
static class IdleLoad
{
    /// <summary>Connections before the measurement, which make both servers load and compile what they need.</summary>
    const int WarmUp = 100;

    /// <summary>Connections opened at a time.</summary>
    const int Together = 20;

    static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);

    public static async Task<IdleReport> Run(int connections)
    {
        var machine = MachineReading.Now();
        var (socketBytes, _) = await Measure<EchoCall>(await ServerProcess.StartEcho(), EchoCall.Start, connections);
        var (callBytes, cpu) = await Measure<LiveCall>(await ServerProcess.StartGateway(), LiveCall.Start, connections);
        return new IdleReport(connections, callBytes, socketBytes, cpu, MachineReading.Now().Since(machine));
    }

    static async Task<(double BytesEach, double CpuPercent)> Measure<T>(ServerProcess server, Func<Uri, Task<T>> connect, int connections)
        where T : IAsyncDisposable
    {
        await using var owned = server;
        using var stop = new CancellationTokenSource();
        var open = new ConcurrentBag<T>();
        var pings = KeepAlive.Run(() => open.OfType<LiveCall>(), stop.Token);
        var memory = new List<long>();
        foreach (var target in (int[])[WarmUp, WarmUp + (connections / 2), WarmUp + connections])
        {
            while (open.Count < target)
            {
                await Task.WhenAll(
                    Enumerable.Range(0, Math.Min(Together, target - open.Count))
                        .Select(async _ => open.Add(await connect(server.Address))));
            }

            await Task.Delay(Settle);
            memory.Add(server.Memory);
        }

        var (cpu, since) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Settle);
        var cpuPercent = 100 * (server.ProcessorTime - cpu) / Stopwatch.GetElapsedTime(since);
        await stop.CancelAsync();
        await pings;
        foreach (var connection in open)
        {
            await connection.DisposeAsync();
        }

        return ((memory[^1] - memory[^2]) / (connections - (connections / 2.0)), cpuPercent);
    }
}
