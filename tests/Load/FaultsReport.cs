using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>faults</c> found.</summary>
sealed record FaultsReport(int Calls, double TurnEverySeconds, double Seconds, IReadOnlyList<FaultReport> Faults, MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        faults: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each, every fault for {Seconds:0.#} s

        {LatencyReport.Heading}
        {string.Join(Environment.NewLine, Faults.Select(Lines))}
        machine: {Machine}
        """);

    static string Lines(FaultReport fault) => string.Create(CultureInfo.InvariantCulture, $"""
        {fault.Fault}
          card on the wire   {fault.Card}
          suggestion or word {fault.Help}
          {string.Join("; ", fault.Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"))}
          model's first suggestion again after {fault.RecoverySeconds:F1} s
        """);
}
