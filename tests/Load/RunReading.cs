using System.Diagnostics;

namespace Teleprompter.Tests.Load;

/// <summary>What each process of a run, and the machine, had used by a moment.</summary>
sealed record RunReading(ProcessReading Gateway, ProcessReading Model, ProcessReading Client, Vitals? Vitals, MachineReading Machine)
{
    public static RunReading Of(ModelServers servers) => new(
        servers.Gateway.Reading, servers.Model.Reading, ProcessReading.OfThis(), servers.Gateway.Vitals, MachineReading.Now());

    public RunUse Since(RunReading earlier) => new(
        Gateway.Since(earlier.Gateway),
        Model.Since(earlier.Model),
        Client.Since(earlier.Client),
        100 * ((Vitals?.GcPauseMs - earlier.Vitals?.GcPauseMs) ?? 0) / Stopwatch.GetElapsedTime(earlier.Gateway.At, Gateway.At)
            .TotalMilliseconds,
        (Vitals?.Gcs - earlier.Vitals?.Gcs) ?? 0,
        (Vitals?.FullGcs - earlier.Vitals?.FullGcs) ?? 0,
        Vitals?.PoolThreads ?? 0,
        Machine.Since(earlier.Machine));
}
