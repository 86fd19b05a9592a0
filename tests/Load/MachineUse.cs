using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>How busy the machine was during a run, with everything else that ran on it.</summary>
/// <param name="BusyPercent">Processors not idle.</param>
/// <param name="StealPercent">Processors taken by the host.</param>
/// <param name="Cores">Processors.</param>
sealed record MachineUse(double BusyPercent, double StealPercent, int Cores)
{
    public static MachineUse Mean(IReadOnlyCollection<MachineUse> uses) =>
        new(uses.Average(use => use.BusyPercent), uses.Average(use => use.StealPercent), uses.First().Cores);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Cores} cores, {BusyPercent:F0} % busy (all processes), {StealPercent:F1} % stolen by the host");
}
