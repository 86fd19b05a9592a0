using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a process used over a time, in percent of one core.</summary>
/// <param name="CpuPercent">Processor time.</param>
/// <param name="CpuWaitPercent">Time that its threads waited for a processor.</param>
sealed record ProcessUse(double CpuPercent, double CpuWaitPercent)
{
    public static ProcessUse Mean(IReadOnlyCollection<ProcessUse> uses) =>
        new(uses.Average(use => use.CpuPercent), uses.Average(use => use.CpuWaitPercent));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{CpuPercent,4:F0} % of a core, {CpuWaitPercent,4:F0} % waiting for one");
}
