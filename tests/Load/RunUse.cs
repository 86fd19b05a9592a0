using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>Who used the processors, and what the gateway's runtime did, while all calls were live.</summary>
/// <param name="Gateway">The gateway, with the worker in it.</param>
/// <param name="Model">The scripted model, which shares the machine.</param>
/// <param name="Client">The load client, which shares it too.</param>
/// <param name="GcPausePercent">Part of the time in which garbage collections held all of the gateway's threads.</param>
/// <param name="Gcs">Garbage collections of the gateway.</param>
/// <param name="FullGcs">Those of them that were full.</param>
/// <param name="PoolThreads">Threads of the gateway's pool at the end.</param>
/// <param name="Machine">The machine.</param>
sealed record RunUse(
    ProcessUse Gateway, ProcessUse Model, ProcessUse Client, double GcPausePercent, int Gcs, int FullGcs, int PoolThreads,
    MachineUse Machine)
{
    /// <summary>
    /// The part of all processors that the three used, or that the machine counted, whichever is more: the machine looks only at its ticks,
    /// and misses work that begins with a timer and is done before the next tick.
    /// </summary>
    public double BusyPercent => Math.Max(Machine.BusyPercent, (Gateway.CpuPercent + Model.CpuPercent + Client.CpuPercent) / Machine.Cores);

    public static RunUse Mean(IReadOnlyCollection<RunUse> uses) => new(
        ProcessUse.Mean([.. uses.Select(use => use.Gateway)]),
        ProcessUse.Mean([.. uses.Select(use => use.Model)]),
        ProcessUse.Mean([.. uses.Select(use => use.Client)]),
        uses.Average(use => use.GcPausePercent),
        uses.Sum(use => use.Gcs),
        uses.Sum(use => use.FullGcs),
        uses.Max(use => use.PoolThreads),
        MachineUse.Mean([.. uses.Select(use => use.Machine)]));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        gateway        {Gateway}
        scripted model {Model}
        load client    {Client}
        gateway's garbage collections: {Gcs}, {FullGcs} of them full, {GcPausePercent:F1} % of the time; {PoolThreads} pool threads
        all three {(Gateway.CpuPercent + Model.CpuPercent + Client.CpuPercent) / Machine.Cores:F0} % of the machine; it says of itself: {Machine}
        """);
}
