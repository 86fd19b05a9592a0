using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>felt</c> found. Latencies in milliseconds, from the customer's last word.</summary>
sealed record FeltReport(
    int Calls,
    double Seconds,
    LatencyReport Felt,
    LatencyReport Floor,
    double WithinBudget,
    double TakenBackPerTurn,
    double ModelCallsPerTurn,
    MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        felt: {Calls} live calls of which the customers speak word by word, {Seconds:0.#} s

        {LatencyReport.Heading}
        first words that stay{Felt}
        model asked at final {Floor}
        within 850 ms {WithinBudget:P1}; taken back {TakenBackPerTurn:F2} a turn, model calls {ModelCallsPerTurn:F2} a turn

        machine: {Machine}
        """);
}
